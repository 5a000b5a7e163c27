package dev.weir.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.PutOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Drives the writer's core step by step, with time in hand and any number of requests in flight. */
final class Steps {

    /** A request that was put and whose outcome the writer has not seen. */
    record Flight(List<Claim.Encoded> claims, List<PutOutcome> outcomes) {}

    private static final int STEPS_MAX = 100_000;

    final ScriptedStreams streams;
    final Batcher batcher;
    private final RecordEncoder encoder;
    long nowMillis = 1_000;

    Steps(Producer producer, WriterLimits limits, ScriptedStreams streams) {
        this.streams = streams;
        this.batcher = new Batcher(producer, limits, new Random(1));
        this.encoder = new RecordEncoder(producer);
    }

    Steps(int lanes, WriterLimits limits, ScriptedStreams.Script script) {
        this(Producer.fresh("p", "s", new Lanes(lanes)), limits, new ScriptedStreams(script));
    }

    void put(int lane, String event) {
        batcher.add(lane, Json.of(event), nowMillis);
    }

    /** The next request, put; its outcome is on its way. */
    Optional<Flight> send() {
        var claims = batcher.claim(nowMillis);
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        var encoded = new ArrayList<Claim.Encoded>();
        claims.forEach(claim -> encoded.add(encoder.encode(claim)));
        var request = encoded.stream()
                .map(claim -> claim.records().getFirst().record())
                .toList();
        return Optional.of(new Flight(encoded, streams.put("s", request)));
    }

    Optional<Failure> arrive(Flight flight) {
        return batcher.settle(flight.claims(), flight.outcomes(), nowMillis);
    }

    /** One request and its outcome; how many records were in it. */
    int step() {
        var flight = send();
        flight.ifPresent(this::arrive);
        return flight.map(sent -> sent.claims().size()).orElse(0);
    }

    /** Moves time to where a lane is due; not if one is due already. */
    void passTime() {
        long due = batcher.dueMillis();
        nowMillis = due == LaneBuffer.NEVER ? nowMillis : Math.max(nowMillis, due);
    }

    /** Steps until everything is accepted. */
    void drain() {
        batcher.flush();
        for (int steps = 0; !batcher.isDrained(); steps++) {
            assertThat(steps).as("steps until all is accepted").isLessThan(STEPS_MAX);
            passTime();
            step();
        }
    }
}
