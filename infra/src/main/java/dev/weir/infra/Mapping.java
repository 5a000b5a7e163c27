package dev.weir.infra;

import java.util.List;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.OnFailureProperty;
import software.constructs.Construct;

/** What feeds a function: records of a stream, or changes of a table. */
final class Mapping {

    /** Again until it works. */
    private static final int WITHOUT_BOUND = -1;

    /** Changes of a table that one invocation is given. */
    private static final int CHANGES_MAX = 500;

    /** A wake-up that is lost is made good by the schedule. */
    private static final int WAKE_UP_RETRIES = 2;

    private Mapping() {}

    /**
     * The records of a stream, from the oldest that it has. A batch that fails comes again, in halves, until it works: the spine parks what
     * cannot be done, so what still fails is an outage, and nothing is to be lost to it. If the bot's configuration gives batches up, they go to
     * the bucket, records and all.
     */
    static void ofStream(Construct scope, BotFunction function, BotConfig config, String streamArn, String bucketArn) {
        CfnEventSourceMapping.Builder mapping = CfnEventSourceMapping.Builder.create(scope, "records")
                .functionName(function.alias().getFunctionArn())
                .eventSourceArn(streamArn)
                .startingPosition("TRIM_HORIZON")
                .batchSize(config.batchSize())
                .maximumBatchingWindowInSeconds(
                        Math.toIntExact(config.batchingWindow().toSeconds()))
                .parallelizationFactor(config.parallelization())
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .bisectBatchOnFunctionError(true)
                .maximumRetryAttempts(config.retries().orElse(WITHOUT_BOUND))
                .maximumRecordAgeInSeconds(config.recordAgeMax()
                        .map(age -> Math.toIntExact(age.toSeconds()))
                        .orElse(WITHOUT_BOUND));
        if (config.givesUp()) {
            mapping.destinationConfig(DestinationConfigProperty.builder()
                    .onFailure(
                            OnFailureProperty.builder().destination(bucketArn).build())
                    .build());
        }
        mapping.build();
    }

    /** The changes of a table that the bus itself goes by. */
    static void ofChanges(Construct scope, BotFunction function, String changesArn) {
        changes(scope, "changes", function, changesArn, WITHOUT_BOUND);
    }

    /** The changes of a table that are a hint to a bot to look. */
    static void ofHints(Construct scope, String table, BotFunction function, String changesArn) {
        changes(scope, "changes-" + table, function, changesArn, WAKE_UP_RETRIES);
    }

    private static void changes(Construct scope, String id, BotFunction function, String changesArn, int retries) {
        CfnEventSourceMapping.Builder.create(scope, id)
                .functionName(function.alias().getFunctionArn())
                .eventSourceArn(changesArn)
                .startingPosition("TRIM_HORIZON")
                .batchSize(CHANGES_MAX)
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .bisectBatchOnFunctionError(true)
                .maximumRetryAttempts(retries)
                .maximumRecordAgeInSeconds(WITHOUT_BOUND)
                .build();
    }
}
