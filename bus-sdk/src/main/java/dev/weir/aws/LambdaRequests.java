package dev.weir.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Requests to Lambda, made with the SDK's signer: Weir makes few of them, and the SDK's client of Lambda need not be in every function. Each is
 * sent once. Thread-safe.
 */
final class LambdaRequests implements AutoCloseable {
    static final String FUNCTIONS = "/2015-03-31/functions/";

    private static final int ANSWER_BYTES_MAX = 100_000;

    private final String region;
    private final URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    LambdaRequests(String region, @Nullable URI endpoint, AwsCredentialsProvider credentials, SdkHttpClient http) {
        this.region = region;
        this.endpoint = endpoint == null ? endpoint(region) : endpoint;
        this.credentials = credentials;
        this.http = http;
    }

    /** What was answered. */
    record Answer(int status, String body) {}

    /** Throws {@link IOException} if no answer came, {@link software.amazon.awssdk.core.exception.SdkException} if no request could be made. */
    Answer send(SdkHttpMethod method, String path, Map<String, String> headers, byte[] payload) throws IOException {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(method).uri(endpoint).encodedPath(path);
        headers.forEach(request::putHeader);
        boolean hasBody = method != SdkHttpMethod.GET; // with a body the client would make it a POST
        if (hasBody) {
            request.putHeader("Content-Type", "application/json")
                    .putHeader("Content-Length", Integer.toString(payload.length));
        }
        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request.build())
                .payload(hasBody ? ContentStreamProvider.fromByteArrayUnsafe(payload) : null)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        return answer(http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(null))
                        .build())
                .call());
    }

    private static Answer answer(HttpExecuteResponse response) throws IOException {
        String body = "";
        if (response.responseBody().isPresent()) {
            try (InputStream bytes = response.responseBody().get()) {
                body = new String(bytes.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            }
        }
        return new Answer(response.httpResponse().statusCode(), body);
    }

    private static URI endpoint(String region) {
        String suffix = Region.of(region).metadata() == null
                ? "amazonaws.com"
                : Region.of(region).metadata().partition().dnsSuffix();
        return URI.create("https://lambda." + region + "." + suffix);
    }

    @Override
    public void close() {
        http.close();
    }
}
