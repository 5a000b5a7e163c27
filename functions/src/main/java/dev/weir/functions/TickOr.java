package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A function that is called by two: {@code {"tick":true}} goes to one handler, everything else to the other, which reads it from its begin. */
final class TickOr implements RequestStreamHandler {

    /** A tick is not longer; of anything else no more is looked at. */
    static final int TICK_BYTES_MAX = 64;

    private static final Json TRUE = Json.of("true");

    private final RequestStreamHandler tick;
    private final RequestStreamHandler other;

    TickOr(RequestStreamHandler tick, RequestStreamHandler other) {
        this.tick = tick;
        this.other = other;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        InputStream in = event.markSupported() ? event : new BufferedInputStream(event);
        in.mark(TICK_BYTES_MAX + 1);
        byte[] begin = in.readNBytes(TICK_BYTES_MAX + 1);
        in.reset();
        (isTick(begin) ? tick : other).handleRequest(in, answer, context);
    }

    private static boolean isTick(byte[] event) {
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(event));
        boolean isFound = false;
        boolean isObject = event.length <= TICK_BYTES_MAX && json.enterObject();
        while (isObject && json.nextField()) {
            isFound |= "tick".equals(json.fieldName()) && TRUE.equals(json.raw());
        }
        return isObject && json.expectEnd() && isFound;
    }
}
