package dev.weir.writer;

import dev.weir.port.PutOutcome;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.util.ArrayList;
import java.util.List;

/** One request and its answer: encodes what was claimed, puts it, brings the outcomes. One for each sender; not thread-safe. */
final class Exchange {

    /** What was put, and what became of the first record of each. */
    record Answer(List<Claim.Encoded> claims, List<PutOutcome> outcomes) {}

    private final Streams streams;
    private final String stream;
    private final RecordEncoder encoder;

    Exchange(Streams streams, Producer producer) {
        this.streams = streams;
        this.stream = producer.stream();
        this.encoder = new RecordEncoder(producer);
    }

    Answer put(List<Claim> claims) {
        var encoded = new ArrayList<Claim.Encoded>(claims.size());
        var request = new ArrayList<StreamRecord>(claims.size());
        for (var claim : claims) {
            var records = encoder.encode(claim);
            encoded.add(records);
            request.add(records.records().getFirst().record());
        }
        List<PutOutcome> outcomes = streams.put(stream, request);
        if (outcomes.size() != request.size()) {
            throw new IllegalStateException("a put must give one outcome for each record: records=" + request.size()
                    + " outcomes=" + outcomes.size());
        }
        return new Answer(encoded, outcomes);
    }
}
