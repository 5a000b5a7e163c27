package dev.weir.functions.ledger;

import dev.weir.flow.ParkedEvent;
import dev.weir.flow.ParkedId;
import dev.weir.model.Json;
import dev.weir.parking.Answer;
import dev.weir.parking.ParkedEvents;
import java.util.List;
import java.util.Optional;

/** Who looks after the parked events of a world's bot. */
final class Operator {
    private static final int ALL = ParkedEvents.PAGE_MAX;

    final ParkedEvents parked;

    Operator(World<?, ?, ?> world) {
        this(world, "operator");
    }

    Operator(World<?, ?, ?> world, String incarnation) {
        parked = ParkedEvents.of(
                world.bus,
                world.graph.name(),
                world.graph.source().stream(),
                world.items,
                world.streams,
                world.streams,
                world.time,
                incarnation);
    }

    List<ParkedEvent> all() {
        return parked.list(Optional.empty(), ALL);
    }

    List<String> payloads() {
        return all().stream().map(event -> String.valueOf(event.payload())).toList();
    }

    /** The id of the parked event with this payload. */
    ParkedId id(String payload) {
        return all().stream()
                .filter(event -> payload.equals(String.valueOf(event.payload())))
                .map(ParkedEvent::id)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not parked: payload=" + payload));
    }

    Answer putBack(String payload) {
        return parked.putBack(id(payload));
    }

    Answer putBack(String payload, String corrected) {
        return parked.putBack(id(payload), Json.of(corrected));
    }

    Answer drop(String payload) {
        return parked.drop(id(payload), "anna", "it is a test");
    }
}
