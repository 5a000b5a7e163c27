package dev.weir.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A function that does as it is told by its event, and otherwise gives it back. Runs in child JVMs too: JDK and Lambda classes only. */
public final class Echo implements RequestStreamHandler {
    private int calls;

    public Echo() {
        if ("yes".equals(System.getenv("FAIL_IN_INIT"))) {
            throw new IllegalStateException("told to fail in init");
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] event = input.readAllBytes();
        String word = new String(event, StandardCharsets.UTF_8).replace("\"", "");
        calls++;
        switch (word) {
            case "throw" -> throw new IllegalArgumentException("told to throw");
            case "exit" -> System.exit(3);
            case "hang" -> hang();
            case "log" -> context.getLogger().log("a line of the function\n");
            default -> {}
        }
        byte[] answer =
                switch (word) {
                    case "pid" -> Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
                    case "calls" -> Integer.toString(calls).getBytes(StandardCharsets.UTF_8);
                    case "context" -> describe(context).getBytes(StandardCharsets.UTF_8);
                    default -> event;
                };
        output.write(answer);
    }

    private static void hang() {
        System.out.println("hanging");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(Context context) {
        return "\"" + context.getFunctionName() + " " + context.getInvokedFunctionArn() + " "
                + context.getMemoryLimitInMB() + " "
                + (context.getRemainingTimeInMillis() > 0) + " "
                + context.getAwsRequestId().length() + " "
                + System.getenv("GREETING") + " " + System.getenv("AWS_ACCESS_KEY_ID") + "\"";
    }
}
