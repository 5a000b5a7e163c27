package dev.weir.local.bus;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a bus finds Kinesis and DynamoDB: empty means AWS itself.
 *
 * @param kinesis base address of a Kinesis API
 * @param dynamoDb base address of a DynamoDB API
 * @param s3 base address of an S3 API; only commands on queues need it
 */
public record Endpoints(Optional<URI> kinesis, Optional<URI> dynamoDb, Optional<URI> s3) {

    /**
     * Reads what a user gave: {@code URL} for all services (LocalStack), {@code kinesis=URL}, {@code dynamodb=URL} and {@code s3=URL} for
     * one each, or {@code aws} for AWS itself, also for the service that is not named. S3 is AWS's if nothing names it.
     *
     * @throws UsageException naming the value that is not understood, or the service that is missing
     */
    public static Endpoints parse(List<String> values) {
        Optional<URI> kinesis = Optional.empty();
        Optional<URI> dynamoDb = Optional.empty();
        Optional<URI> s3 = Optional.empty();
        for (String value : values) {
            if (value.equals("aws")) {
                continue;
            }
            if (value.startsWith("kinesis=")) {
                kinesis = Optional.of(url(value.substring("kinesis=".length())));
            } else if (value.startsWith("dynamodb=")) {
                dynamoDb = Optional.of(url(value.substring("dynamodb=".length())));
            } else if (value.startsWith("s3=")) {
                s3 = Optional.of(url(value.substring("s3=".length())));
            } else {
                kinesis = Optional.of(url(value));
                dynamoDb = kinesis;
                s3 = kinesis;
            }
        }
        if (kinesis.isEmpty() != dynamoDb.isEmpty() && !values.contains("aws")) {
            throw new UsageException("both services need an endpoint, or one of them aws: missing="
                    + (kinesis.isEmpty() ? "kinesis" : "dynamodb") + " endpoint=" + values);
        }
        return new Endpoints(kinesis, dynamoDb, s3);
    }

    private static URI url(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // said below, with the value
        }
        throw new UsageException(
                "endpoint must be a URL such as http://127.0.0.1:4566, kinesis=URL, dynamodb=URL, s3=URL or aws: endpoint="
                        + text);
    }
}
