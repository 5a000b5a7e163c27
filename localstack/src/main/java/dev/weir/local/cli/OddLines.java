package dev.weir.local.cli;

import dev.weir.flow.Bus;
import dev.weir.flow.Counts.Count;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.Limits;
import dev.weir.functions.ledger.Ledger;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.writer.WriterLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a run that were parked, for its user: which they were and why. At most ten are told; all are counted. Not thread-safe. */
final class OddLines {
    static final int EXAMPLES_MAX = 10;
    private static final int EXAMPLE_CHARS_MAX = 120;
    private static final String BOT = Ledger.GRAPH.name();

    private static final long UNKNOWN = Long.MAX_VALUE;

    private record Place(int lane, long number) {}

    private record Example(long line, String text) {}

    private final Bus bus;
    private final Items items;
    private final long[] sent;
    private final Map<Place, Long> suspects = new HashMap<>();
    private final List<Example> refusals = new ArrayList<>();
    private long refused;

    OddLines(Bus bus, Items items) {
        this.bus = bus;
        this.items = items;
        this.sent = new long[bus.lanes().count()];
    }

    /** A line that is too large to be sent. */
    void refuse(long line, int bytes) {
        refused++;
        if (refusals.size() < EXAMPLES_MAX) {
            String reason = "too large to be sent, and not kept: bytes=" + bytes + " max="
                    + WriterLimits.DEFAULTS.eventBytesMax();
            refusals.add(new Example(line, "line " + line + ": " + reason));
        }
    }

    /**
     * A line was sent: it has the next number of its lane. The places of the first that will be parked are remembered.
     *
     * @param malformed whether it is no transfer
     */
    void sent(InputLines.Line line, int lane, boolean malformed) {
        sent[lane]++;
        if ((malformed || line.text().length() > Limits.EVENT_BYTES_MAX) && suspects.size() < EXAMPLES_MAX) {
            suspects.put(new Place(lane, sent[lane]), line.number());
        }
    }

    long refused() {
        return refused;
    }

    /** The first lines that were parked, as text. */
    List<String> examples(RunRecord.Stored run, LedgerState state) {
        List<Example> examples = new ArrayList<>(refusals);
        state.lanes().forEach((index, lane) -> {
            int room = EXAMPLES_MAX - examples.size();
            if (room > 0 && lane.counts().of(Count.PARKED) > 0) {
                long before = run.commits().getOrDefault(index, 0L);
                LaneStatus.parkedSince(bus, BOT, new LaneId.Slice(index), before, items, room)
                        .forEach(parked -> examples.add(example(index, parked)));
            }
        });
        return examples.stream()
                .sorted(Comparator.comparingLong(Example::line))
                .map(Example::text)
                .toList();
    }

    private Example example(int lane, Item parked) {
        long number = parked.integerOr("number", 0);
        long line = suspects.getOrDefault(new Place(lane, number), UNKNOWN);
        String place = line == UNKNOWN ? "lane " + lane + ", event " + number : "line " + line;
        return new Example(line, place + ": " + parked.text("reason") + " | " + shown(parked));
    }

    private static String shown(Item parked) {
        if (parked.get("payload") == null) {
            return "(by reference: " + parked.text("shard") + " " + parked.text("sequence") + " "
                    + parked.integerOr("index", 0) + ")";
        }
        String payload = new String(parked.bytes("payload"), StandardCharsets.UTF_8);
        String start = payload.length() > EXAMPLE_CHARS_MAX ? payload.substring(0, EXAMPLE_CHARS_MAX) + "..." : payload;
        // Somebody's bytes must not steer the terminal.
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
