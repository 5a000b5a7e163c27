package dev.weir.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.constructs.Construct;

/** What cdk-nag finds in a bus and what stays as it is, each with its reason. The reasons go into the template, for auditors. */
final class Reasons {
    private static final String WILDCARD = "AwsSolutions-IAM5";

    private Reasons() {}

    static void give(Bus bus) {
        Construct rstreams = (Construct) bus.getNode().findChild("rstreams");
        // Only where there are policies: reasons are a good part of a template, and that has a limit.
        bus.functions().values().forEach(Reasons::giveWildcards);
        giveWildcards(rstreams);
        give(
                bus.deadLetterQueue(),
                reason(
                        "AwsSolutions-SQS3",
                        "It is where dead letters go; nothing reads it but people, and so nothing fails."));
        give(
                rstreams,
                reason(
                        "AwsSolutions-SMG4",
                        "It holds names of resources, since leo-sdk looks for them there, and no secret."));
        if (bus.store().encryptionKey().isPresent()) {
            give(
                    bus.store(),
                    reason(
                            "AwsSolutions-KDS3",
                            "Somebody asked for a key of the account's own, which this rule advises"
                                    + " against for its price."));
        }
    }

    private static void giveWildcards(Construct construct) {
        give(
                construct,
                wildcard(
                        "/^Resource::\\*$/g",
                        "X-Ray's PutTraceSegments and PutTelemetryRecords, and DynamoDB's ListStreams, know no resources."
                                + " They take traces and tell names of streams, no data."),
                wildcard(
                        "/^Resource::arn:.*:dynamodb:.*:table\\/[^*]+\\/stream\\/\\*$/g",
                        "The stream of a table's changes has a time in its name. All streams of this one table are meant."),
                wildcard(
                        "/^Resource::arn:.*:s3:::[^*]+\\/[^*]+\\*(\\/\\*)?$/g",
                        "Objects below the prefixes that this function's queues or files have in the bus's bucket; their"
                                + " names are not known before they are written."));
    }

    private static void give(Construct construct, NagPackSuppression... reasons) {
        NagSuppressions.addResourceSuppressions(construct, List.of(reasons), true);
    }

    private static NagPackSuppression wildcard(String regex, String reason) {
        return NagPackSuppression.builder()
                .id(WILDCARD)
                .reason(reason)
                .appliesTo(List.of(RegexAppliesTo.builder().regex(regex).build()))
                .build();
    }

    private static NagPackSuppression reason(String rule, String reason) {
        return NagPackSuppression.builder().id(rule).reason(reason).build();
    }
}
