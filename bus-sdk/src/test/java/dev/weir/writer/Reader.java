package dev.weir.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a stream as a bot does: drops second copies by their numbers. Fails on an event that came too early, or that changed its number. */
final class Reader {

    private Reader() {}

    /** The events of each lane in order. */
    static Map<Integer, List<String>> read(ScriptedStreams streams) {
        var lanes = new HashMap<Integer, List<String>>();
        for (var arrival : streams.arrivals()) {
            var events = lanes.computeIfAbsent(arrival.lane(), _ -> new ArrayList<>());
            assertThat(arrival.number())
                    .as("lane %d: number that arrives must be the next or an old one", arrival.lane())
                    .isBetween(1L, events.size() + 1L);
            if (arrival.number() == events.size() + 1) {
                events.add(arrival.event());
            } else {
                assertThat(arrival.event())
                        .as("second copy of %s", arrival)
                        .isEqualTo(events.get((int) arrival.number() - 1));
            }
        }
        return lanes;
    }
}
