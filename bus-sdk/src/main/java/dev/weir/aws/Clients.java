package dev.weir.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes clients of AWS that never send a request twice by themselves: the adapters decide what may be repeated.
 *
 * <p>Credentials: those in the environment; for an endpoint on this machine without any, invented ones; else the default chain of
 * the SDK. Each call makes a new client, to be closed by the caller. Thread-safe.
 *
 * @param region for example {@code eu-central-1}
 * @param endpoint where to connect instead of AWS, for example {@code http://127.0.0.1:8000}; or null
 * @param environment the variables of the process: {@code AWS_ACCESS_KEY_ID} and its companions are read, and without an
 *     endpoint {@code AWS_ENDPOINT_URL} and its companions, as by every client of AWS
 */
public record Clients(String region, @Nullable URI endpoint, Map<String, String> environment) {

    /** Until a connection stands. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** Until the next bytes of an answer. */
    public static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);

    /** Until a whole answer: what takes longer is an answer that never came. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";

    /** Letters and digits only: DynamoDB Local accepts no other key. */
    private static final String INVENTED = "local";

    public Clients {
        environment = Map.copyOf(environment);
    }

    public DynamoDbClient dynamoDb() {
        return configured(DynamoDbClient.builder()).build();
    }

    /** Reads the changes that tables publish; at the same endpoint as {@link #dynamoDb}. */
    public DynamoDbStreamsClient dynamoDbStreams() {
        return configured(DynamoDbStreamsClient.builder()).build();
    }

    public KinesisClient kinesis() {
        return configured(KinesisClient.builder()).build();
    }

    /** Starts functions. */
    public LambdaInvoker lambda() {
        return new LambdaInvoker(lambdaRequests());
    }

    /** Moves the aliases of functions. */
    public LambdaAliases lambdaAliases() {
        return new LambdaAliases(lambdaRequests());
    }

    private LambdaRequests lambdaRequests() {
        return new LambdaRequests(
                region, lambdaEndpoint(), credentials(), connections().build());
    }

    /** As clients of the SDK choose theirs: the variable of the service goes before that of all services. */
    private @Nullable URI lambdaEndpoint() {
        if (endpoint != null) {
            return endpoint;
        }
        String all = environment.getOrDefault("AWS_ENDPOINT_URL", "");
        String named = environment.getOrDefault("AWS_ENDPOINT_URL_LAMBDA", all);
        return named.isEmpty() ? null : URI.create(named);
    }

    /**
     * The bucket is in the path at an endpoint that is given, because {@code bucket.127.0.0.1} is no host; else in the name of the host.
     * Bodies are sent whole and not in chunks: they are in memory. The artifact {@code software.amazon.awssdk:s3} must be there.
     */
    public S3Client s3() {
        return configured(S3Client.builder())
                .forcePathStyle(endpoint != null)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .build();
    }

    /**
     * The client, if it makes one attempt per call.
     *
     * @throws IllegalArgumentException if it retries
     */
    static <C extends AwsClient> C requireNoRetries(C client) {
        int attempts = client.serviceClientConfiguration()
                .overrideConfiguration()
                .retryStrategy()
                .map(strategy -> strategy.maxAttempts())
                .orElse(Integer.MAX_VALUE);
        if (attempts != 1) {
            throw new IllegalArgumentException("the client must not retry by itself, make it with Clients: client="
                    + client.serviceName() + " attempts=" + attempts);
        }
        return client;
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(B builder) {
        builder.region(Region.of(region))
                .credentialsProvider(credentials())
                .httpClientBuilder(connections())
                .overrideConfiguration(
                        all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CALL_TIMEOUT));
        return endpoint == null ? builder : builder.endpointOverride(endpoint);
    }

    private static UrlConnectionHttpClient.Builder connections() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT);
    }

    private AwsCredentialsProvider credentials() {
        String access = environment.get(ACCESS_KEY);
        String secret = environment.get(SECRET_KEY);
        String token = environment.get(SESSION_TOKEN);
        if (access != null && secret != null) {
            return StaticCredentialsProvider.create(
                    token == null
                            ? AwsBasicCredentials.create(access, secret)
                            : AwsSessionCredentials.create(access, secret, token));
        }
        return isLocal()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(INVENTED, INVENTED))
                : DefaultCredentialsProvider.builder().build();
    }

    private boolean isLocal() {
        String host = endpoint == null || endpoint.getHost() == null ? "" : endpoint.getHost();
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }
}
