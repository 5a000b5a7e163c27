package dev.weir.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.cron.Waker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Wakes bots when the heads of their queues move, as a Lambda function behind the DynamoDB stream of the table of heads.
 *
 * <p>If the store does not answer the function fails and the batch comes again, which changes nothing of what was done. A row that cannot be
 * woken is logged, and the others are woken.
 */
public final class HeadsHandler implements RequestStreamHandler {
    private final Waker waker;

    /** As Lambda makes it. */
    public HeadsHandler() {
        this(TriggerWiring.fromEnvironment());
    }

    /** On given ports. */
    public HeadsHandler(TriggerWiring wiring) {
        this.waker = wiring.waker();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        Map<String, String> newest = new HashMap<>();
        for (TableChange change : TableChange.read(event.readAllBytes())) {
            String queue = change.key().get("event");
            String eid = change.after().map(item -> item.get("max_eid")).orElse(null);
            if (queue != null && eid != null) {
                newest.merge(queue, eid, (one, other) -> one.compareTo(other) < 0 ? other : one);
            }
        }
        waker.wake(newest).faults().forEach(context.getLogger()::log);
        answer.write("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.US_ASCII));
    }
}
