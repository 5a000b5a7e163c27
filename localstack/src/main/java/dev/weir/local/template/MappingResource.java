package dev.weir.local.template;

import dev.weir.local.mapping.MappingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event source mapping.
 *
 * @param id logical id
 * @param source what it reads
 * @param function what it calls
 * @param start TRIM_HORIZON, LATEST or AT_TIMESTAMP
 * @param startAt with AT_TIMESTAMP, from when on
 * @param batching how records are gathered
 * @param retrying what happens when the function fails
 * @param parallelization batches of a shard that run at once on AWS; here one does
 * @param failures the bucket that gets what is given up, if one does
 * @param isEnabled whether it runs at all
 */
public record MappingResource(
        String id,
        Source source,
        FunctionName function,
        String start,
        Optional<Instant> startAt,
        MappingSettings.Batching batching,
        MappingSettings.Retrying retrying,
        int parallelization,
        Optional<String> failures,
        boolean isEnabled) {
    static final String TYPE = "AWS::Lambda::EventSourceMapping";

    private static final int BATCH_DEFAULT = 100;
    private static final int PARALLELIZATION_MAX = 10;
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);
    private static final String BUCKET = "arn:aws:s3:::";

    /** What a mapping reads. */
    public sealed interface Source {

        /** The records of a stream. */
        record Stream(String name) implements Source {}

        /** The changes of a table. */
        record Changes(String table) implements Source {}
    }

    static MappingResource of(String id, Properties properties) {
        properties.pass("Tags", "KmsKeyArn", "MetricsConfig");
        properties.refuse("FilterCriteria", "let the bot pass over what it does not want");
        properties.refuse("TumblingWindowInSeconds", "keep the window in the bot's state");
        Source source = source(properties);
        MappingResource mapping = new MappingResource(
                id,
                source,
                FunctionName.of(properties.text("FunctionName")),
                properties.word("StartingPosition", starts(source)),
                startAt(properties),
                batching(properties),
                retrying(properties),
                properties
                        .numberIfAny("ParallelizationFactor", 1, PARALLELIZATION_MAX)
                        .orElse(1),
                failures(properties),
                properties.flag("Enabled", true));
        properties.end();
        return mapping;
    }

    private static List<String> starts(Source source) {
        return switch (source) {
            case Source.Stream _ -> List.of("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP");
            // AWS has LATEST too; what wakes bots may not begin there, since what happened before would wake nobody
            case Source.Changes _ -> List.of("TRIM_HORIZON");
        };
    }

    private static Source source(Properties properties) {
        String arn = properties.text("EventSourceArn");
        String[] parts = arn.split("[:/]", -1);
        if (arn.startsWith("arn:aws:kinesis:") && parts.length == 7) {
            return new Source.Stream(parts[6]);
        }
        if (arn.startsWith("arn:aws:dynamodb:") && parts.length == 9) {
            return new Source.Changes(parts[6]);
        }
        throw properties.refusal(
                "a mapping reads a Kinesis stream or the stream of a table's changes", "EventSourceArn", arn);
    }

    private static Optional<Instant> startAt(Properties properties) {
        return properties
                .textIfAny("StartingPositionTimestamp")
                .map(seconds -> Instant.ofEpochMilli(Math.round(Double.parseDouble(seconds) * 1_000)));
    }

    private static MappingSettings.Batching batching(Properties properties) {
        return new MappingSettings.Batching(
                properties
                        .numberIfAny("BatchSize", 1, MappingSettings.Batching.SIZE_MAX)
                        .orElse(BATCH_DEFAULT),
                Duration.ofSeconds(properties
                        .numberIfAny(
                                "MaximumBatchingWindowInSeconds",
                                0,
                                Math.toIntExact(MappingSettings.Batching.WINDOW_MAX.toSeconds()))
                        .orElse(0)));
    }

    private static MappingSettings.Retrying retrying(Properties properties) {
        List<String> answers = properties.texts("FunctionResponseTypes");
        if (!List.of("ReportBatchItemFailures").containsAll(answers)) {
            throw properties.refusal("must be ReportBatchItemFailures", "FunctionResponseTypes", answers);
        }
        return new MappingSettings.Retrying(
                !answers.isEmpty(),
                properties.flag("BisectBatchOnFunctionError", false),
                properties.numberOrUnbounded("MaximumRetryAttempts", 0, MappingSettings.Retrying.ATTEMPTS_MAX),
                properties.numberOrUnbounded(
                        "MaximumRecordAgeInSeconds",
                        MappingSettings.Retrying.AGE_SECONDS_MIN,
                        MappingSettings.Retrying.AGE_SECONDS_MAX),
                BACKOFF_MIN,
                BACKOFF_MAX);
    }

    private static Optional<String> failures(Properties properties) {
        return properties.object("DestinationConfig").map(config -> {
            Properties onFailure =
                    config.object("OnFailure").orElseThrow(() -> config.refusal("is empty", "OnFailure", ""));
            String destination = onFailure.text("Destination");
            onFailure.end();
            config.end();
            if (!destination.startsWith(BUCKET)) {
                throw onFailure.refusal(
                        "what is given up goes to a bucket here, records and all; a queue or topic gets no records",
                        "Destination",
                        destination);
            }
            return destination.substring(BUCKET.length());
        });
    }
}
