package dev.weir.aws;

import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * {@link Invoker} on AWS Lambda: asynchronous invocations. Source: Lambda, API reference, Invoke.
 *
 * <p>A request is sent once. Thread-safe. Close it to close its connections.
 */
public final class LambdaInvoker implements Invoker, AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final int SERVER_ERROR = 500;
    private static final int REASON_CHARS_MAX = 1_000;

    private final LambdaRequests requests;

    LambdaInvoker(LambdaRequests requests) {
        this.requests = requests;
    }

    @Override
    public InvokeOutcome invoke(String function, byte[] payload) {
        try {
            return outcome(requests.send(
                    SdkHttpMethod.POST,
                    LambdaRequests.FUNCTIONS + SdkHttpUtils.urlEncode(function) + "/invocations",
                    Map.of("X-Amz-Invocation-Type", "Event"),
                    payload));
        } catch (IOException e) {
            return new InvokeOutcome.Unknown(String.valueOf(e));
        } catch (SdkException e) {
            return new InvokeOutcome.Refused("no request could be made: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        requests.close();
    }

    private static InvokeOutcome outcome(LambdaRequests.Answer answer) {
        if (answer.status() == ACCEPTED) {
            return InvokeOutcome.ACCEPTED;
        }
        String body = answer.body()
                .substring(0, Math.min(REASON_CHARS_MAX, answer.body().length()));
        String reason = "status=" + answer.status() + " answer=" + body;
        return answer.status() >= SERVER_ERROR ? new InvokeOutcome.Unknown(reason) : new InvokeOutcome.Refused(reason);
    }
}
