package dev.weir.local.template;

import java.util.List;
import java.util.OptionalInt;

/**
 * A Kinesis stream.
 *
 * @param name physical name
 * @param shards how many; empty for a stream on demand
 * @param retentionHours how long records are kept
 */
public record StreamResource(String name, OptionalInt shards, int retentionHours) {
    static final String TYPE = "AWS::Kinesis::Stream";

    private static final int SHARDS_MAX = 10_000;
    private static final int RETENTION_HOURS_MIN = 24;
    private static final int RETENTION_HOURS_MAX = 8_760;

    static StreamResource of(Properties properties) {
        properties.pass("StreamEncryption", "Tags", "DesiredShardLevelMetrics");
        boolean isOnDemand = properties
                .object("StreamModeDetails")
                .map(details -> {
                    String mode = details.word("StreamMode", List.of("PROVISIONED", "ON_DEMAND"));
                    details.end();
                    return mode;
                })
                .filter("ON_DEMAND"::equals)
                .isPresent();
        OptionalInt shards = properties.numberIfAny("ShardCount", 1, SHARDS_MAX);
        if (isOnDemand == shards.isPresent()) {
            throw properties.refusal(
                    "a provisioned stream needs ShardCount, and one on demand must not have it",
                    "ShardCount",
                    shards.isPresent() ? shards.getAsInt() : "missing");
        }
        StreamResource stream = new StreamResource(
                properties.text("Name"),
                shards,
                properties
                        .numberIfAny("RetentionPeriodHours", RETENTION_HOURS_MIN, RETENTION_HOURS_MAX)
                        .orElse(RETENTION_HOURS_MIN));
        properties.end();
        return stream;
    }
}
