package dev.weir.aws;

import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * {@link Invoker} on AWS Lambda: asynchronous invocations. It is the one request of Lambda that Weir makes, so it is made here, with the
 * SDK's signer, and the SDK's client of Lambda need not be in every function. Source: Lambda, API reference, Invoke.
 *
 * <p>A request is sent once. Thread-safe. Close it to close its connections.
 */
public final class LambdaInvoker implements Invoker, AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final int SERVER_ERROR = 500;
    private static final int ANSWER_BYTES_MAX = 1_000;

    private final String region;
    private final URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    LambdaInvoker(String region, @Nullable URI endpoint, AwsCredentialsProvider credentials, SdkHttpClient http) {
        this.region = region;
        this.endpoint = endpoint == null ? endpoint(region) : endpoint;
        this.credentials = credentials;
        this.http = http;
    }

    @Override
    public InvokeOutcome invoke(String function, byte[] payload) {
        try {
            SignedRequest signed = sign(function, payload);
            HttpExecuteRequest request = HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElse(null))
                    .build();
            return outcome(http.prepareRequest(request).call());
        } catch (IOException e) {
            return new InvokeOutcome.Unknown(String.valueOf(e));
        } catch (SdkException e) {
            return new InvokeOutcome.Refused("no request could be made: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private SignedRequest sign(String function, byte[] payload) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath("/2015-03-31/functions/" + SdkHttpUtils.urlEncode(function) + "/invocations")
                .putHeader("X-Amz-Invocation-Type", "Event")
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(payload.length))
                .build();
        return signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request)
                .payload(ContentStreamProvider.fromByteArrayUnsafe(payload))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    private static InvokeOutcome outcome(HttpExecuteResponse response) throws IOException {
        int status = response.httpResponse().statusCode();
        String answer = "";
        if (response.responseBody().isPresent()) {
            try (InputStream body = response.responseBody().get()) {
                answer = new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            }
        }
        if (status == ACCEPTED) {
            return InvokeOutcome.ACCEPTED;
        }
        String reason = "status=" + status + " answer=" + answer;
        return status >= SERVER_ERROR ? new InvokeOutcome.Unknown(reason) : new InvokeOutcome.Refused(reason);
    }

    private static URI endpoint(String region) {
        String suffix = Region.of(region).metadata() == null
                ? "amazonaws.com"
                : Region.of(region).metadata().partition().dnsSuffix();
        return URI.create("https://lambda." + region + "." + suffix);
    }
}
