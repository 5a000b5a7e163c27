package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.cron.Runs;
import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A bot that changes of tables wake: the changes that an event source mapping gives it mark its row, so that it is invoked once more, under
 * its lock, and the mapping need not wait for that. Everything else is a run.
 */
final class WakingHandler implements RequestStreamHandler {
    private static final byte[] ALL_TAKEN = "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.US_ASCII);

    private final String bot;
    private final Runs runs;
    private final RequestStreamHandler run;

    WakingHandler(String bot, Wiring wiring, RequestStreamHandler run) {
        this.bot = bot;
        this.runs = new Runs(wiring.bus().cron(), wiring.items(), wiring.time());
        this.run = run;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        byte[] bytes = event.readAllBytes();
        if (hasRecords(bytes)) {
            runs.wake(bot);
            answer.write(ALL_TAKEN);
        } else {
            run.handleRequest(new ByteArrayInputStream(bytes), answer, context);
        }
    }

    private static boolean hasRecords(byte[] event) {
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(event));
        boolean isFound = false;
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            isFound |= "Records".equals(json.fieldName());
            json.skip();
        }
        return isObject && json.expectEnd() && isFound;
    }
}
