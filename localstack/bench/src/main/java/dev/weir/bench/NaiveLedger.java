package dev.weir.bench;

import dev.weir.aws.Clients;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.functions.ledger.Ledger;
import dev.weir.functions.ledger.Transfer;
import dev.weir.graph.Decoded;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.model.Json;
import dev.weir.port.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The ledger as one would write it first: a transaction for each transfer, with source, target and the transfer. A transfer without cover fails its
 * condition and is then put down as denied by a plain write. Thread-safe.
 */
final class NaiveLedger implements AutoCloseable {
    private static final Table ACCOUNTS = new Table("naive-accounts", "account", null);
    private static final Table TRANSFERS = new Table("naive-transfers", "number", null);
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private final DynamoDbClient client;

    NaiveLedger(DynamoDbLocal server) {
        client = new Clients("us-east-1", server.endpoint(), Map.of()).dynamoDb();
        new Tables(client, new SystemTime()).ensure(List.of(ACCOUNTS, TRANSFERS));
    }

    /** Decides transfers and answers how many were approved. With one thread they take effect in their order, with several in any. */
    int decide(Json[] transfers, int from, int to, int threads) {
        AtomicInteger next = new AtomicInteger(from);
        AtomicInteger approved = new AtomicInteger();
        List<CompletableFuture<Void>> workers = IntStream.range(0, threads)
                .mapToObj(_ -> CompletableFuture.runAsync(
                        () -> {
                            for (int at = next.getAndIncrement(); at < to; at = next.getAndIncrement()) {
                                approved.addAndGet(decide(at, transfer(transfers[at])) ? 1 : 0);
                            }
                        },
                        worker -> Thread.ofPlatform().start(worker)))
                .toList();
        workers.forEach(CompletableFuture::join);
        return approved.get();
    }

    private static Transfer transfer(Json line) {
        return switch (Transfer.decode(line)) {
            case Decoded.Value<Transfer>(Transfer transfer) -> transfer;
            case Decoded.Refused<Transfer>(var refusal) ->
                throw new IllegalStateException("not a transfer: line=" + line + " reason=" + refusal.reason());
        };
    }

    private boolean decide(int number, Transfer transfer) {
        for (; ; ) {
            try {
                client.transactWriteItems(all -> all.transactItems(writes(number, transfer)));
                return true;
            } catch (TransactionCanceledException e) {
                if (e.cancellationReasons().stream().anyMatch(reason -> CONDITION_FAILED.equals(reason.code()))) {
                    client.putItem(put -> put.tableName(TRANSFERS.name()).item(row(number, transfer, "deny")));
                    return false;
                }
                // Two threads met at one account: again.
            }
        }
    }

    private static List<TransactWriteItem> writes(int number, Transfer transfer) {
        Put outcome = Put.builder()
                .tableName(TRANSFERS.name())
                .item(row(number, transfer, "approve"))
                .conditionExpression("attribute_not_exists(#n)")
                .expressionAttributeNames(Map.of("#n", TRANSFERS.partition()))
                .build();
        TransactWriteItem put = TransactWriteItem.builder().put(outcome).build();
        if (transfer.source().equals(transfer.target())) {
            return List.of(change(transfer.source(), "0", transfer.amount().toPlainString()), put);
        }
        String floor = transfer.source().equals(Ledger.SWEEP)
                ? null
                : transfer.amount().toPlainString();
        return List.of(
                change(transfer.source(), transfer.amount().negate().toPlainString(), floor),
                change(transfer.target(), transfer.amount().toPlainString(), null),
                put);
    }

    private static TransactWriteItem change(String account, String amount, @Nullable String floor) {
        Update.Builder update = Update.builder()
                .tableName(ACCOUNTS.name())
                .key(Map.of(ACCOUNTS.partition(), AttributeValue.fromS(account)))
                .updateExpression("ADD balance :amount");
        if (floor == null) {
            update.expressionAttributeValues(Map.of(":amount", AttributeValue.fromN(amount)));
        } else {
            update.conditionExpression("balance >= :floor")
                    .expressionAttributeValues(
                            Map.of(":amount", AttributeValue.fromN(amount), ":floor", AttributeValue.fromN(floor)));
        }
        return TransactWriteItem.builder().update(update.build()).build();
    }

    private static Map<String, AttributeValue> row(int number, Transfer transfer, String outcome) {
        return Map.of(
                TRANSFERS.partition(),
                AttributeValue.fromS(Integer.toString(number)),
                "source",
                AttributeValue.fromS(transfer.source()),
                "target",
                AttributeValue.fromS(transfer.target()),
                "amount",
                AttributeValue.fromN(transfer.amount().toPlainString()),
                "outcome",
                AttributeValue.fromS(outcome));
    }

    @Override
    public void close() {
        client.close();
    }
}
