package dev.weir.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.cron.Cron;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs bots when their rows change, as a Lambda function behind the DynamoDB stream of the table of bots: a bot that was woken, and one that
 * ended a run and has more to read.
 *
 * <p>If the store does not answer the function fails and the batch comes again; a bot that runs is not invoked again. A row with something
 * that no client writes is logged, and the others are seen to.
 */
public final class CronHandler implements RequestStreamHandler {
    private final Cron cron;

    /** As Lambda makes it. */
    public CronHandler() {
        this(TriggerWiring.fromEnvironment());
    }

    /** On given ports. */
    public CronHandler(TriggerWiring wiring) {
        this.cron = wiring.cron();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        List<String> bots = TableChange.read(event.readAllBytes()).stream()
                .filter(change -> change.after().isPresent() && change.key().containsKey("id"))
                .map(change -> change.key().getOrDefault("id", ""))
                .toList();
        cron.round(bots).faults().forEach(context.getLogger()::log);
        answer.write("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.US_ASCII));
    }
}
