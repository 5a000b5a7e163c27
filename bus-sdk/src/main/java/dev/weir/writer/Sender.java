package dev.weir.writer;

import dev.weir.port.PutOutcome;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.util.ArrayList;
import java.util.List;

/** One thread of a writer: takes a request, encodes it, puts it, brings back the outcomes; until the writer has nothing more or failed. */
final class Sender implements Runnable {

    private final SharedBatcher shared;
    private final Streams streams;
    private final String stream;
    private final RecordEncoder encoder;

    Sender(SharedBatcher shared, Streams streams, Producer producer) {
        this.shared = shared;
        this.streams = streams;
        this.stream = producer.stream();
        this.encoder = new RecordEncoder(producer);
    }

    @Override
    public void run() {
        List<Claim> claims = List.of();
        try {
            for (claims = shared.nextRequest(); !claims.isEmpty(); claims = shared.nextRequest()) {
                send(claims);
            }
        } catch (Throwable thrown) { // whatever it is: who waits for the writer must learn of it
            shared.fail(claims, thrown);
        } finally {
            shared.senderEnded();
        }
    }

    private void send(List<Claim> claims) {
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
        shared.settle(encoded, outcomes);
    }
}
