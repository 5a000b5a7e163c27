package dev.weir.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ClientsTest {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token");

    static Stream<Arguments> credentials() {
        return Stream.of(
                arguments(null, KEYS, "AKIDEXAMPLE"),
                arguments("http://127.0.0.1:8000", KEYS, "AKIDEXAMPLE"),
                arguments("http://127.0.0.1:8000", NOTHING, "local"),
                arguments("http://localhost:8000", NOTHING, "local"),
                arguments("http://[::1]:8000", NOTHING, "local"),
                arguments("http://dynamodb.example.org", NOTHING, "chain"),
                arguments(null, NOTHING, "chain"));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void credentialsAreInventedOnlyForThisMachine(
            @Nullable String endpoint, Map<String, String> environment, String expected) {
        URI uri = endpoint == null ? null : URI.create(endpoint);

        try (DynamoDbClient client = new Clients("eu-central-1", uri, environment).dynamoDb()) {
            AwsCredentialsProvider used =
                    (AwsCredentialsProvider) client.serviceClientConfiguration().credentialsProvider();

            if (expected.equals("chain")) {
                assertThat(used).isInstanceOf(DefaultCredentialsProvider.class);
            } else {
                assertThat(used).isInstanceOf(StaticCredentialsProvider.class);
                assertThat(used.resolveCredentials().accessKeyId()).isEqualTo(expected);
            }
        }
    }
}
