package dev.weir.writer;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.wire.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes records of chunks; a chunk that is too large for one record is cut in two, and so on. One for each sender; not thread-safe. */
final class RecordEncoder {

    private final Producer producer;
    private final ChunkEncoder encoder = new ChunkEncoder();

    RecordEncoder(Producer producer) {
        this.producer = producer;
    }

    /** The claim with its records made. */
    Claim.Encoded encode(Claim claim) {
        return switch (claim) {
            case Claim.Encoded encoded -> encoded;
            case Claim.Fresh(LaneBuffer lane, RawChunk chunk) -> {
                var records = new ArrayList<Outgoing>(1);
                cut(lane.lane(), chunk, 0, chunk.events(), records);
                yield new Claim.Encoded(lane, List.copyOf(records));
            }
        };
    }

    private void cut(int lane, RawChunk chunk, int from, int to, List<Outgoing> records) {
        Outgoing whole = record(lane, chunk, from, to);
        int bytes = whole.record().data().length;
        int bytesMax = Streams.RECORD_BYTES_MAX - producer.partitionKey(lane).getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= bytesMax) {
            records.add(whole);
        } else if (to - from == 1) {
            throw new IllegalStateException(
                    "one event must fit into a record, lower WriterLimits.eventBytesMax: eventBytes="
                            + chunk.event(from).length() + " recordBytes=" + bytes + " recordBytesMax=" + bytesMax);
        } else {
            int middle = (from + to) >>> 1;
            cut(lane, chunk, from, middle, records);
            cut(lane, chunk, middle, to, records);
        }
    }

    private Outgoing record(int lane, RawChunk chunk, int from, int to) {
        long first = chunk.first() + from;
        long bufferedBytes = 0;
        encoder.begin(new Chunk(producer.id(), lane, producer.lanes().count(), first));
        for (int i = from; i < to; i++) {
            Json event = chunk.event(i);
            encoder.add(event);
            bufferedBytes += Batcher.bufferedBytes(event.length());
        }
        String hash = producer.lanes().firstHash(lane).toString();
        return new Outgoing(
                first, to - from, bufferedBytes, new StreamRecord(producer.partitionKey(lane), hash, encoder.finish()));
    }
}
