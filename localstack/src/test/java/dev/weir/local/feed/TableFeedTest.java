package dev.weir.local.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.local.dynamodb.DynamoDbLocalExtension;
import dev.weir.local.mapping.FilePositions;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.mapping.Positions;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@ExtendWith(DynamoDbLocalExtension.class)
@Timeout(60)
class TableFeedTest {
    private static final int WAIT_SECONDS_MAX = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Table table = new Table("feed-" + UUID.randomUUID(), "key", null, true);
    private final BlockingQueue<JsonNode> seen = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final DynamoDbItems items;
    private final String streamArn;
    private final DynamoDbStreamsClient streams;

    TableFeedTest(DynamoDbLocal local, DynamoDbClient client) {
        this.items = new DynamoDbItems(client, new SystemTime());
        new Tables(client, new SystemTime()).ensure(List.of(table));
        this.streamArn = client.describeTable(describe -> describe.tableName(table.name()))
                .table()
                .latestStreamArn();
        this.streams = new Clients("us-east-1", local.endpoint(), Map.of()).dynamoDbStreams();
    }

    @BeforeEach
    void writeSome() {
        write(0, 3);
    }

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void givesEveryChangeInOrderAsLambdaDoes() throws Exception {
        try (TableFeed _ = feed(this::remember, Positions.inMemory())) {
            write(3, 6);
            items.write(new Write.Delete(key("item"), Condition.ALWAYS));

            List<JsonNode> changes = await(7);

            assertThat(changes.subList(0, 6))
                    .extracting(
                            change -> change.at("/dynamodb/NewImage/number/N").asInt())
                    .containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(changes)
                    .extracting(change -> change.path("eventName").asText())
                    .containsExactly("INSERT", "MODIFY", "MODIFY", "MODIFY", "MODIFY", "MODIFY", "REMOVE");
            assertThat(changes.get(1).at("/dynamodb/OldImage/number/N").asInt()).isZero();
            assertThat(changes.get(0).path("dynamodb").has("OldImage")).isFalse();
            assertThat(changes.get(0).at("/dynamodb/Keys/key/S").asText()).isEqualTo("item");
            assertThat(changes.get(0).path("eventSourceARN").asText()).isEqualTo(streamArn);
        }
    }

    @Test
    void givesEveryTypeOfValue() throws Exception {
        Map<String, Attribute> attributes = Map.of(
                "text", Attribute.of("caf\u00e9 \"x\""),
                "bytes", Attribute.of(new byte[] {1, 2, -1}),
                "flag", Attribute.of(true),
                "none", new Attribute.Null(),
                "empty", Attribute.of(Map.of()),
                "struct", Attribute.of(Map.of("in", Attribute.of(List.of(Attribute.of(1), Attribute.of("two"))))));
        items.write(new Write.Put(new Item(key("typed"), attributes), Condition.ALWAYS));

        try (TableFeed _ = feed(this::remember, Positions.inMemory())) {
            JsonNode image = await(4).getLast().at("/dynamodb/NewImage");

            assertThat(image)
                    .isEqualTo(JSON.readTree("{\"key\":{\"S\":\"typed\"},\"text\":{\"S\":\"caf\u00e9 \\\"x\\\"\"},"
                            + "\"bytes\":{\"B\":\"AQL/\"},\"flag\":{\"BOOL\":true},\"none\":{\"NULL\":true},\"empty\":{\"M\":{}},"
                            + "\"struct\":{\"M\":{\"in\":{\"L\":[{\"N\":\"1\"},{\"S\":\"two\"}]}}}}"));
        }
    }

    @Test
    void aFailingFunctionGetsTheSameChangesAgain() throws Exception {
        List<Integer> calls = new ArrayList<>();
        FunctionInvoker failsTwice = event -> {
            calls.add(event.length);
            if (calls.size() <= 2) {
                throw new FunctionErrorException("Unhandled", "told to fail");
            }
            return remember(event);
        };

        try (TableFeed _ = feed(failsTwice, Positions.inMemory())) {
            assertThat(await(3))
                    .extracting(
                            change -> change.at("/dynamodb/NewImage/number/N").asInt())
                    .containsExactly(0, 1, 2);
        }

        assertThat(calls).hasSizeGreaterThanOrEqualTo(3);
        assertThat(complaints).hasSize(2).allMatch(line -> line.contains("told to fail"));
    }

    @Test
    void givesNoMoreAtOnceThanItIsToldAndPassesOverWhatFailsTooOften() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        FunctionInvoker failsOnTheFirst = event -> {
            if (json(event).at("/Records/0/eventName").asText().equals("INSERT")) {
                failed.incrementAndGet();
                throw new FunctionErrorException("Unhandled", "told to fail");
            }
            return remember(event);
        };

        try (TableFeed _ = new TableFeed(
                        streams,
                        streamArn,
                        "us-east-1",
                        failsOnTheFirst,
                        Positions.inMemory(),
                        new TableFeed.Giving(1, 2),
                        complaints::add)
                .start()) {
            assertThat(await(2))
                    .extracting(
                            change -> change.at("/dynamodb/NewImage/number/N").asInt())
                    .containsExactly(1, 2);
        }
        assertThat(failed).hasValue(3);
        assertThat(complaints).last().asString().contains("passed over").contains("changes=1 retries=2");
    }

    @Test
    void goesOnWhereAnEarlierOneStopped(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("feed");
        try (TableFeed _ = feed(this::remember, new FilePositions(file))) {
            assertThat(await(3)).hasSize(3);
        }
        write(3, 5);

        try (TableFeed _ = feed(this::remember, new FilePositions(file))) {
            assertThat(await(2))
                    .extracting(
                            change -> change.at("/dynamodb/NewImage/number/N").asInt())
                    .containsExactly(3, 4);
        }
        assertThat(seen).isEmpty();
    }

    private TableFeed feed(FunctionInvoker function, Positions positions) {
        return new TableFeed(streams, streamArn, "us-east-1", function, positions, complaints::add).start();
    }

    private byte[] remember(byte[] event) {
        json(event).path("Records").forEach(seen::add);
        return new byte[0];
    }

    private static JsonNode json(byte[] event) {
        try {
            return JSON.readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException("the event is no JSON", e);
        }
    }

    private List<JsonNode> await(int count) throws InterruptedException {
        List<JsonNode> changes = new ArrayList<>();
        while (changes.size() < count) {
            JsonNode next = seen.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(next)
                    .as("change %d of %d, complaints %s", changes.size(), count, complaints)
                    .isNotNull();
            changes.add(next);
        }
        return changes;
    }

    private void write(int from, int to) {
        IntStream.range(from, to)
                .forEach(number -> items.write(new Write.Put(
                        new Item(key("item"), Map.of("number", Attribute.of(number))), Condition.ALWAYS)));
    }

    private Key key(String name) {
        return new Key(table, name, null);
    }
}
