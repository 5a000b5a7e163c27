package dev.weir.parking;

import dev.weir.flow.ParkedEvent;
import dev.weir.flow.ParkingCommand;
import dev.weir.model.Json;
import dev.weir.model.Record;
import dev.weir.port.RecordLookup;
import dev.weir.wire.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The payload of a parked event, from its item or, if it is too large for one, from the stream. Thread-safe. */
final class StoredPayload {
    private final String stream;
    private final String bot;
    private final RecordLookup records;

    StoredPayload(String stream, String bot, RecordLookup records) {
        this.stream = stream;
        this.bot = bot;
        this.records = records;
    }

    Optional<Json> of(ParkedEvent event) {
        return event.payload() != null
                ? Optional.of(event.payload())
                : records.find(stream, event.shardId(), event.sequenceNumber()).flatMap(record -> line(record, event));
    }

    /** The same lines in the same order as the spine counts them. */
    private Optional<Json> line(Record record, ParkedEvent event) {
        List<Json> lines = new ArrayList<>();
        for (RecordDecoder.Part part : new RecordDecoder().decode(record.data())) {
            lines.addAll(part.refusal() == null ? part.lines() : List.of(Json.of(record.data())));
        }
        return event.index() < lines.size()
                ? Optional.of(ParkingCommand.unwrapped(bot, event.producer(), lines.get(event.index())))
                : Optional.empty();
    }
}
