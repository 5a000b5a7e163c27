package dev.weir.writer;

import dev.weir.port.Streams;
import java.util.List;

/** One thread of a writer: takes a request, encodes it, puts it, brings back the outcomes; until the writer has nothing more or failed. */
final class Sender implements Runnable {

    private final SharedBatcher shared;
    private final Exchange exchange;

    Sender(SharedBatcher shared, Streams streams, Producer producer) {
        this.shared = shared;
        this.exchange = new Exchange(streams, producer);
    }

    @Override
    public void run() {
        List<Claim> claims = List.of();
        try {
            for (claims = shared.nextRequest(); !claims.isEmpty(); claims = shared.nextRequest()) {
                Exchange.Answer answer = exchange.put(claims);
                shared.settle(answer.claims(), answer.outcomes());
            }
        } catch (Throwable thrown) { // whatever it is: who waits for the writer must learn of it
            shared.fail(claims, thrown);
        } finally {
            shared.senderEnded();
        }
    }
}
