package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.aws.SystemTime;
import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.PutRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelShardsTest {
    private static final int KEYS = 7;
    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);

    private final KinesisModel model = new KinesisModel(System::currentTimeMillis, KinesisLimits.local());
    private final Map<String, List<Integer>> seen = new ConcurrentHashMap<>();

    @Test
    void keysStayInOrderThroughASplitASplitOfASplitAndAMerge() throws InterruptedException {
        model.createStream("s", 1);
        var all = new CountDownLatch(5 * 100);
        FunctionInvoker function = event -> {
            records(event).forEach(record -> {
                seen.computeIfAbsent(record[0], key -> new ArrayList<>()).add(Integer.valueOf(record[1]));
                all.countDown();
            });
            return new byte[0];
        };
        put(0);
        var mapping = new EventSourceMapping(
                MappingSettingsTest.SETTINGS,
                new ModelShards(model, "s"),
                function,
                Positions.inMemory(),
                FailureDestination.NONE,
                MappingListener.NONE,
                new SystemTime());
        try (mapping) {
            mapping.start();
            put(100);
            model.splitShard("s", open().get(0), MIDDLE);
            put(200);
            model.splitShard("s", open().get(0), MIDDLE.shiftRight(1));
            put(300);
            model.mergeShards("s", open().get(1), open().get(2));
            put(400);
            assertThat(all.await(30, TimeUnit.SECONDS)).as("seen %s", seen).isTrue();
        }
        assertThat(new TreeMap<>(seen)).hasSize(KEYS).allSatisfy((key, numbers) -> assertThat(numbers)
                .containsExactlyElementsOf(IntStream.range(0, 500)
                        .filter(i -> key(i).equals(key))
                        .boxed()
                        .toList()));
    }

    @Test
    void theLatestRecordIsFixedByTheFirstRead() throws InterruptedException {
        model.createStream("s", 1);
        var source = new ModelShards(model, "s");
        String shard = open().getFirst();
        put(0);
        Position next = source.read(shard, Position.LATEST, 10, 1000).next();
        put(100);
        source.awaitMore(shard, next, Duration.ofSeconds(20));

        ShardSource.Read read = source.read(shard, next, 3, 1_000_000);
        assertThat(read.records())
                .extracting(record -> new String(record.data(), StandardCharsets.UTF_8))
                .containsExactly("100", "101", "102");
        assertThat(read.atEnd()).isFalse();
    }

    private List<String> open() {
        return model.shards("s").stream()
                .filter(view -> view.open())
                .sorted((a, b) -> a.firstHash().compareTo(b.firstHash()))
                .map(view -> view.id())
                .toList();
    }

    private void put(int from) {
        for (int i = from; i < from + 100; i++) {
            model.put("s", new PutRequest(key(i), null, Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String key(int number) {
        return "key-" + number % KEYS;
    }

    private static List<String[]> records(byte[] event) {
        try {
            var records = new ArrayList<String[]>();
            for (JsonNode record : new ObjectMapper().readTree(event).path("Records")) {
                JsonNode kinesis = record.path("kinesis");
                byte[] data = Base64.getDecoder().decode(kinesis.path("data").asText());
                records.add(
                        new String[] {kinesis.path("partitionKey").asText(), new String(data, StandardCharsets.UTF_8)});
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
