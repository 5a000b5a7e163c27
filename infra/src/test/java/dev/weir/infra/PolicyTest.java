package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each function of a synthesized bus may do and may not. A request is an action, a resource, and the partition if it is about an item:
 * {@code dynamodb:PutItem table/shop-checkpoints ledger/lane-0}.
 */
@NeedsNode
class PolicyTest {

    /** What no function of the bus may do: change who may what, unmake or change the bus, or lose data. */
    private static final List<String> NEVER = List.of(
            "iam:PassRole *",
            "iam:CreateRole *",
            "iam:PutRolePolicy *",
            "iam:AttachRolePolicy *",
            "sts:AssumeRole *",
            "dynamodb:CreateTable table/shop-checkpoints",
            "dynamodb:DeleteTable table/shop-checkpoints",
            "dynamodb:DeleteTable table/shop-ledger-balances",
            "dynamodb:UpdateTable table/shop-stream",
            "dynamodb:UpdateContinuousBackups table/shop-stream",
            "dynamodb:UpdateTimeToLive table/shop-stream",
            "dynamodb:Scan table/shop-stream",
            "dynamodb:Scan table/shop-checkpoints",
            "dynamodb:DeleteItem table/shop-stream orders",
            "dynamodb:DeleteItem table/shop-event orders",
            "dynamodb:DeleteItem table/shop-cron ledger",
            "dynamodb:DeleteItem table/shop-ledger-balances bob",
            "dynamodb:BatchWriteItem table/shop-stream orders",
            "dynamodb:UpdateItem table/shop-stream orders",
            "dynamodb:PutItem table/shop-event orders",
            "dynamodb:PutItem table/shop-settings lock",
            "dynamodb:PutItem table/other-bus-stream orders",
            "dynamodb:PartiQLDelete table/shop-stream",
            "kinesis:DeleteStream stream/shop-bus",
            "kinesis:SplitShard stream/shop-bus",
            "kinesis:DecreaseStreamRetentionPeriod stream/shop-bus",
            "kinesis:PutRecords stream/shop-bus",
            "kinesis:GetRecords stream/other-bus",
            "s3:DeleteObject bus/orders/x",
            "s3:DeleteBucket ",
            "s3:PutBucketPolicy ",
            "s3:PutObject bus/orders/x",
            "s3:PutLifecycleConfiguration ",
            "lambda:UpdateFunctionCode function:shop-ledger",
            "lambda:UpdateFunctionConfiguration function:shop-ledger",
            "lambda:InvokeFunction function:shop-ledger:live",
            "lambda:InvokeFunction function:shop-archive:live",
            "secretsmanager:GetSecretValue *",
            "ssm:PutParameter *",
            "sqs:ReceiveMessage *",
            "sqs:PurgeQueue *",
            "logs:DeleteLogGroup *",
            "kms:ScheduleKeyDeletion *",
            "scheduler:DeleteSchedule *",
            "cloudformation:DeleteStack *",
            "ec2:RunInstances *");

    @TempDir
    static Path folder;

    private static Synthesized bus;

    @BeforeAll
    static void synthesize() {
        bus = Synthesized.of(folder, Samples.PLAIN, Samples.BOTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ledger      | dynamodb:GetItem table/shop-checkpoints ledger/lane-0
            ledger      | dynamodb:GetItem table/shop-checkpoints ledger
            ledger      | dynamodb:UpdateItem table/shop-checkpoints ledger
            ledger      | dynamodb:PutItem table/shop-checkpoints ledger/shard-shardId-000000000007
            ledger      | dynamodb:BatchWriteItem table/shop-checkpoints ledger/lane-0
            ledger      | dynamodb:DeleteItem table/shop-checkpoints ledger/lane-0
            ledger      | dynamodb:BatchGetItem table/shop-ledger-balances bob
            ledger      | dynamodb:PutItem table/shop-ledger-balances bob
            ledger      | dynamodb:PutItem table/shop-stream transfers.decided
            ledger      | dynamodb:PutItem table/shop-stream transfers.decided.shard-shardId-000000000000
            ledger      | dynamodb:UpdateItem table/shop-event transfers.decided
            ledger      | dynamodb:UpdateItem table/shop-event ledger.parked.shard-shardId-000000000000
            ledger      | dynamodb:PutItem table/shop-stream ledger.gaps
            ledger      | dynamodb:UpdateItem table/shop-cron ledger
            ledger      | kinesis:GetRecords stream/shop-transfers
            ledger      | kinesis:ListShards stream/shop-transfers
            ledger      | kinesis:PutRecords stream/shop-transfers
            ledger      | logs:PutLogEvents log-group:/aws/lambda/shop-ledger:log-stream:x
            ledger      | sqs:SendMessage shop-dead-letters
            ledger      | xray:PutTraceSegments *
            bills       | dynamodb:Scan table/shop-event
            bills       | dynamodb:GetItem table/shop-event transfers.decided
            bills       | dynamodb:Query table/shop-stream transfers.decided
            bills       | dynamodb:Query table/shop-stream transfers.decided.3
            bills       | dynamodb:Query table/shop-stream transfers.decided.12/_archive
            bills       | dynamodb:Query table/shop-stream transfers.decided/_snapshot
            bills       | s3:GetObject bus/transfers.decided/ledger/z/x.gz
            bills       | s3:GetObject bus/_archive/q=transfers.decided.3/dt=2026-11-20/x.gz
            bills       | s3:ListBucket
            bills       | dynamodb:PutItem table/shop-cron bills
            bills       | dynamodb:PutItem table/shop-stream bills.sent
            bills       | dynamodb:PutItem table/shop-checkpoints bills/inbox
            copy        | dynamodb:PutItem table/shop-stream orders.copied
            shop.orders | dynamodb:PutItem table/shop-shop.orders-cursor cursor
            shop.orders | dynamodb:PutItem table/shop-stream orders
            shop.orders | dynamodb:UpdateItem table/shop-event orders
            shop.orders | dynamodb:UpdateItem table/shop-cron shop.orders
            shop.orders | dynamodb:GetRecords table/shop-rows-stock/stream/2026-11-20T00:00:00.000
            shop.orders | dynamodb:DescribeTable table/shop-rows-stock
            shop.orders | dynamodb:ListStreams *
            shop.orders | s3:GetObject imports/2026/a.csv
            stock       | dynamodb:PutItem table/shop-rows-stock sku-1
            stock       | s3:PutObject exports/stock/1.gz
            stock       | s3:GetObject exports/stock/1.gz
            stock       | kinesis:PutRecords stream/shop-shipping
            stock       | dynamodb:Query table/shop-stream orders
            ingest      | dynamodb:PutItem table/shop-stream whatever.queue/_snapshot
            ingest      | dynamodb:UpdateItem table/shop-event whatever.queue
            ingest      | dynamodb:UpdateItem table/shop-cron somebody
            ingest      | dynamodb:PutItem table/shop-checkpoints ingest/shard-shardId-000000000000
            ingest      | kinesis:GetRecords stream/shop-bus
            ingest-tick | dynamodb:PutItem table/shop-checkpoints ingest/lane-0
            heads       | dynamodb:GetRecords table/shop-event/stream/2026-11-20T00:00:00.000
            heads       | dynamodb:Scan table/shop-cron
            heads       | dynamodb:UpdateItem table/shop-cron bills
            cron        | dynamodb:GetRecords table/shop-cron/stream/2026-11-20T00:00:00.000
            cron        | lambda:InvokeFunction function:shop-bills:live
            cron        | lambda:InvokeFunction function:shop-shop_orders:live
            cron-tick   | lambda:InvokeFunction function:shop-stock:live
            cron-tick   | dynamodb:PutItem table/shop-checkpoints bus
            cron-tick   | dynamodb:PutItem table/shop-cron bills
            archive     | dynamodb:Scan table/shop-event
            archive     | dynamodb:PutItem table/shop-stream orders/_archive
            archive     | s3:PutObject bus/_archive/q=orders/x.gz
            """)
    void itMayDoWhatItIsFor(String bot, String request) {
        assertThat(allows(bot, request)).as("%s: %s", bot, request).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ledger      | dynamodb:PutItem table/shop-checkpoints bills/lane-0
            ledger      | dynamodb:PutItem table/shop-checkpoints ledger2/lane-0
            ledger      | dynamodb:GetItem table/shop-checkpoints bus
            ledger      | dynamodb:PutItem table/shop-stream transfers
            ledger      | dynamodb:PutItem table/shop-stream transfers.decided/_archive
            ledger      | dynamodb:PutItem table/shop-stream orders
            ledger      | dynamodb:UpdateItem table/shop-event bills.sent
            ledger      | dynamodb:UpdateItem table/shop-cron bills
            ledger      | dynamodb:Query table/shop-stream transfers.decided
            ledger      | dynamodb:Scan table/shop-event
            ledger      | dynamodb:Scan table/shop-cron
            ledger      | dynamodb:Scan table/shop-ledger-balances
            ledger      | kinesis:GetRecords stream/shop-bus
            ledger      | kinesis:PutRecords stream/shop-shipping
            ledger      | s3:GetObject bus/orders/x
            ledger      | s3:ListBucket
            ledger      | lambda:InvokeFunction function:shop-bills:live
            ledger      | logs:PutLogEvents log-group:/aws/lambda/shop-bills:log-stream:x
            bills       | dynamodb:Query table/shop-stream orders
            bills       | dynamodb:Query table/shop-stream transfers
            bills       | dynamodb:PutItem table/shop-stream transfers.decided
            bills       | dynamodb:PutItem table/shop-stream bills.sent/_archive
            bills       | dynamodb:PutItem table/shop-ledger-balances bob
            bills       | s3:GetObject bus/orders/x
            bills       | s3:GetObject imports/2026/a.csv
            bills       | kinesis:GetRecords stream/shop-transfers
            bills       | lambda:InvokeFunction function:shop-bills:live
            shop.orders | dynamodb:PutItem table/shop-rows-stock sku-1
            shop.orders | dynamodb:GetItem table/shop-rows-stock sku-1
            shop.orders | dynamodb:GetRecords table/shop-cron/stream/2026-11-20T00:00:00.000
            shop.orders | s3:PutObject imports/2026/a.csv
            shop.orders | s3:GetObject exports/stock/1.gz
            stock       | s3:PutObject exports/other/1.gz
            stock       | kinesis:PutRecords stream/shop-transfers
            ingest      | dynamodb:GetItem table/shop-ledger-balances bob
            ingest      | dynamodb:PutItem table/shop-checkpoints ledger/lane-0
            ingest      | dynamodb:Query table/shop-stream orders
            ingest      | lambda:InvokeFunction function:shop-bills:live
            heads       | dynamodb:UpdateItem table/shop-event orders
            heads       | lambda:InvokeFunction function:shop-bills:live
            cron        | dynamodb:PutItem table/shop-stream orders
            cron        | lambda:InvokeFunction function:shop-ingest:live
            cron-tick   | dynamodb:PutItem table/shop-checkpoints ledger/lane-0
            archive     | dynamodb:PutItem table/shop-stream orders
            archive     | s3:PutObject bus/orders/x
            archive     | dynamodb:UpdateItem table/shop-cron bills
            """)
    void itMayNotDoWhatIsAnothers(String bot, String request) {
        assertThat(allows(bot, request)).as("%s: %s", bot, request).isFalse();
    }

    @Test
    void nobodyMayUnmakeTheBus() {
        List<String> allowed = new ArrayList<>();
        for (String bot : functions()) {
            NEVER.stream()
                    .filter(request -> allows(bot, request))
                    .forEach(request -> allowed.add(bot + ": " + request));
        }

        assertThat(allowed).isEmpty();
    }

    @Test
    void whatIsOneBotsIsNoOthers() {
        List<String> allowed = new ArrayList<>();
        for (String bot : functions()) {
            for (String other : List.of("ledger", "bills", "copy", "shop.orders", "stock", "ingest")) {
                if (!other.equals(bot) && !(other.equals("ingest") && bot.equals("ingest-tick"))) {
                    Stream.of(
                                    "GetItem",
                                    "Query",
                                    "PutItem",
                                    "UpdateItem",
                                    "DeleteItem",
                                    "BatchWriteItem",
                                    "BatchGetItem")
                            .map(action -> "dynamodb:" + action + " table/shop-checkpoints " + other + "/lane-0")
                            .filter(request -> allows(bot, request))
                            .forEach(request -> allowed.add(bot + ": " + request));
                }
            }
        }

        assertThat(allowed).isEmpty();
    }

    @Test
    void whereAnyResourceIsMeantTheActionKnowsNone() {
        List<String> actions = new ArrayList<>();
        for (String bot : functions()) {
            iam(bot).statements().stream()
                    .filter(statement -> statement.resources().contains("*"))
                    .forEach(statement -> actions.addAll(statement.actions()));
        }

        assertThat(actions)
                .isNotEmpty()
                .isSubsetOf("xray:PutTelemetryRecords", "xray:PutTraceSegments", "dynamodb:ListStreams");
    }

    @Test
    void noStatementGivesAServiceAway() {
        for (String bot : functions()) {
            assertThat(iam(bot).statements())
                    .allMatch(Iam.Statement::isAllow)
                    .noneMatch(statement -> statement.actions().stream()
                            .anyMatch(action -> action.contains("*") || action.contains("?")));
        }
    }

    @Test
    void policiesFitIntoARole() {
        bus.all("AWS::IAM::Role").forEach((name, role) -> assertThat(
                        role.get("Properties").get("Policies").toString().length())
                .as(name)
                .isLessThan(10_240));
    }

    // ------------------------------------------------------------------

    private static List<String> functions() {
        return List.of(
                "ledger",
                "bills",
                "copy",
                "shop.orders",
                "stock",
                "ingest",
                "ingest-tick",
                "heads",
                "cron",
                "cron-tick",
                "archive");
    }

    private static Iam iam(String bot) {
        JsonNode role = bus.whole("AWS::IAM::Role", "Description", "Weir: what the function of " + bot + " may do");
        return Iam.ofRole(role, Resolver.of(bus.template()));
    }

    private static boolean allows(String bot, String request) {
        String[] words = request.split(" ", 3);
        String service = words[0].substring(0, words[0].indexOf(':'));
        String resource = words.length < 2 ? "" : words[1];
        String account = ":" + Resolver.REGION + ":" + Resolver.ACCOUNT + ":";
        String arn =
                switch (service) {
                    case "s3" -> "arn:aws:s3:::shop-bus" + (resource.isEmpty() ? "" : "/" + resource);
                    default -> resource.equals("*") ? "*" : "arn:aws:" + service + account + resource;
                };
        Map<String, List<String>> keys =
                words.length < 3 ? Map.of() : Map.of("dynamodb:LeadingKeys", List.of(words[2]));
        return iam(bot).allows(new Iam.Request(words[0], arn, keys));
    }
}
