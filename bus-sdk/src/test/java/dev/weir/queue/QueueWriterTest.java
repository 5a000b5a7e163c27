package dev.weir.queue;

import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.memory.MemoryStreams;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.StoreUnavailableException;
import dev.weir.wire.Envelope;
import dev.weir.wire.Gzip;
import dev.weir.wire.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueWriterTest {
    private final Shelf shelf = new Shelf();
    private final List<String> keys = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private QueueWriter writer() {
        return new QueueWriter(
                Shelf.TABLES,
                "p1",
                (key, line) -> {
                    keys.add(key);
                    lines.add(line.toString());
                },
                shelf.objects,
                shelf.time);
    }

    @Test
    void aBarePayloadIsPutInTheEnvelopeThatLeoSdkPutsItIn() {
        String captured = new String(GoldenReadTest.resource("rec-0.data.txt"), StandardCharsets.UTF_8).strip();

        writer().put(NewEvent.of("golden-bot", q("golden-queue"), Json.of("{\"hello\":\"world\",\"n\":1}"))
                .at(1795178701640L, 1795178701640L));

        assertThat(keys).containsExactly("golden-queue");
        assertThat(lines).containsExactly(captured.replace(",\"eid\":0}", "}"));
    }

    @Test
    void timesThatAreNotGivenAreNowAndAllElseIsKept() {
        QueueEvent source = new QueueEvent(
                "up",
                Shelf.eid(0, 3),
                Json.of("{\"event\":\"up\",\"payload\":1,\"event_source_timestamp\":77}"),
                Json.of("1"));
        NewEvent event = NewEvent.of("b", QueueName.parse("bot:x"), Json.of("{\n\"a\":1}"));

        writer().put(event);
        writer().put(new NewEvent(
                        "b",
                        event.queue(),
                        event.payload(),
                        event.timestamp(),
                        event.timestamp(),
                        Optional.empty(),
                        Map.of("units", Json.of("3")))
                .from(source));

        assertThat(lines)
                .containsExactly(
                        "{\"payload\":{ \"a\":1},\"id\":\"b\",\"event\":\"bot.x\",\"event_source_timestamp\":1800000000000,"
                                + "\"timestamp\":1800000000000}",
                        "{\"payload\":{ \"a\":1},\"units\":3,\"correlation_id\":{\"source\":\"up\",\"start\":\""
                                + Shelf.eid(0, 3)
                                + "\",\"units\":1},\"id\":\"b\",\"event\":\"bot.x\",\"event_source_timestamp\":77,\"timestamp\":1800000000000}");
        assertThat(new QueueEvent("x", "z/", Json.of(lines.get(1)), Json.of("1")).correlation())
                .contains(Correlation.of(source));
    }

    @Test
    void aPointerHasTheFieldsThatLeoSdkGivesItByteForByte() {
        String pointer = new String(GoldenReadTest.resource("rec-3.data.txt"), StandardCharsets.UTF_8).strip();
        byte[] object = GoldenReadTest.resource("s3/1795178778685-0000001-13c73dbd-b81e-4477-8513-174430e885bd.gz");
        ObjectFile file = new ObjectFile();
        for (String line : new String(Gzip.decompress(object, 1 << 20), StandardCharsets.UTF_8).split("\n")) {
            Envelope envelope = Objects.requireNonNull(Envelope.parse(Json.of(line)));
            file.add(NewEvent.of(
                            Objects.requireNonNull(envelope.id()),
                            q(envelope.event()),
                            Objects.requireNonNull(envelope.payload()))
                    .at(
                            Objects.requireNonNull(envelope.eventSourceTimestamp()),
                            Objects.requireNonNull(envelope.timestamp())));
        }
        shelf.time.advance(Duration.ofMillis(1795178778856L - shelf.time.epochMillis()));

        String ours = file.store(
                        "leos3",
                        "bus/s3-q7/s3-bot/z/2026/11/20/12/46/1795178778685-0000001-13c73dbd-b81e-4477-8513-174430e885bd.gz",
                        shelf.objects,
                        shelf.time)
                .toString();

        Pattern gzipSize = Pattern.compile("\"gzipSize\":\\d+"); // of another compressor
        assertThat(gzipSize.matcher(ours).replaceAll("\"gzipSize\":6629")).isEqualTo(pointer);
        assertThat(ours)
                .contains("\"gzipSize\":"
                        + shelf.objects
                                .size(
                                        "bus/s3-q7/s3-bot/z/2026/11/20/12/46/1795178778685-0000001-13c73dbd-b81e-4477-8513-174430e885bd.gz")
                                .orElseThrow());
    }

    @Test
    void aPointerSaysWhatItsEventsCameFrom() {
        ObjectFile file = new ObjectFile();
        for (int i = 0; i < 3; i++) {
            QueueEvent source =
                    new QueueEvent("up", Shelf.eid(0, i), Json.of("{\"event\":\"up\",\"payload\":1}"), Json.of("1"));
            file.add(NewEvent.of("b", q("x"), Json.of("1")).from(source).timed(100 + i));
        }

        assertThat(file.store("bucket", "k", shelf.objects, shelf.time).toString())
                .contains(
                        "\"correlations\":[{\"up\":{\"source\":\"up\",\"start\":\"" + Shelf.eid(0, 0) + "\",\"end\":\""
                                + Shelf.eid(0, 2) + "\",\"records\":3,\"source_timestamp\":102,\"timestamp\":102}}]");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void anEventGoesToAnObjectExactlyWhenItIsTooLargeForALine(int more) {
        int frame =
                "{\"payload\":\"\",\"id\":\"b\",\"event\":\"x\",\"event_source_timestamp\":1800000000000,\"timestamp\":1800000000000}"
                        .length();
        String payload = "\"" + "x".repeat(QueueWriter.LINE_BYTES_MAX - frame + more) + "\"";

        writer().put(NewEvent.of("b", q("x"), Json.of(payload)));

        assertThat(lines.getFirst().contains("\"s3\":")).isEqualTo(more > 0);
        assertThat(shelf.objects.list("", "", 10)).hasSize(more > 0 ? 1 : 0);
    }

    @Test
    void largeEventsAndSmallOnesOfAQueueKeepTheirOrder() {
        QueueWriter writer = writer();
        writer.put(NewEvent.of("b", q("x"), Json.of("1")));
        writer.put(large("y"));
        writer.put(NewEvent.of("b", q("x"), Json.of("2")));
        writer.put(large("z"));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).contains("bus/x/b/p1-0000001.gz");
        assertThat(lines.get(3)).contains("bus/x/b/p1-0000002.gz");
        assertThat(lines.get(2)).contains("\"payload\":2");
    }

    private static NewEvent large(String letter) {
        return NewEvent.of("b", q("x"), Json.of("\"" + letter.repeat(QueueWriter.LINE_BYTES_MAX) + "\""));
    }

    @Test
    void aPutOfAnObjectThatIsRefusedOrUnansweredIsTriedAgainAndStoresOneObject() {
        shelf.objects.failures.addAll(
                List.of(new ObjectOutcome.Refused("SlowDown"), new ObjectOutcome.Unknown("time-out")));

        writer().put(large("y"));

        assertThat(shelf.objects.puts).isEqualTo(3);
        assertThat(shelf.objects.list("", "", 10)).containsExactly("bus/x/b/p1-0000001.gz");
        assertThat(lines).hasSize(1);
    }

    @Test
    void aBucketThatNeverTakesAnObjectIsSaidAndTheEventMayBePutAgain() {
        for (int i = 0; i < ObjectFile.TRIES_MAX; i++) {
            shelf.objects.failures.add(new ObjectOutcome.Refused("SlowDown"));
        }
        QueueWriter writer = writer();

        assertThatThrownBy(() -> writer.put(large("y")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("bus/x/b/p1-0000001.gz")
                .hasMessageContaining("SlowDown");
        assertThat(lines).isEmpty();
        writer.put(large("y"));
        assertThat(lines.getFirst()).contains("bus/x/b/p1-0000001.gz");
    }

    @Test
    void aWriterThatBeginsAnewPointsToTheObjectThatItStoredBefore() {
        writer().load("b", q("x"), payloads(0, 100).iterator());
        byte[] before = shelf.objects.get("bus/x/b/p1-0000001.gz").orElseThrow();
        shelf.time.advance(Duration.ofHours(1));

        writer().load("b", q("x"), payloads(0, 100).iterator());

        assertThat(shelf.objects.get("bus/x/b/p1-0000001.gz")).contains(before);
        assertThat(lines.get(1)).contains("\"gzipSize\":" + before.length + ",").contains("\"records\":100");
    }

    @Test
    void anotherWriterWithTheSameProducerIdIsFoundOut() {
        writer().load("b", q("x"), payloads(0, 10).iterator());

        assertThatThrownBy(() -> writer().load("b", q("x"), payloads(1, 11).iterator()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("same producer id");
        assertThatThrownBy(() -> writer().load("b", q("x"), payloads(0, 9).iterator()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBulkLoadMakesObjectsOfSomeMegabytes() {
        String pad = "x".repeat(1024 * 1024);
        List<Json> payloads = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            payloads.add(Json.of("\"" + i + pad + "\""));
        }

        assertThat(writer().load("b", q("x"), payloads.iterator())).isEqualTo(25);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("\"start\":null,\"end\":9,");
        assertThat(lines.get(2)).contains("\"start\":null,\"end\":4,");
    }

    @Test
    void whatIsPutThroughTheStreamArrivesInOrderUnderTheQueuesLane() {
        MemoryStreams streams = new MemoryStreams(shelf.time);
        streams.create(Shelf.TABLES.stream(), 1);
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            events.add(NewEvent.of("b", q("x"), Json.of(Integer.toString(i))));
        }

        assertThat(shelf.queues.put(streams, "p1", new Random(1), events)).isEqualTo(1_000);

        List<String> arrived = new ArrayList<>();
        for (Record record : streams.records(
                Shelf.TABLES.stream(),
                streams.shards(Shelf.TABLES.stream()).getFirst().id())) {
            RecordDecoder.Part part = new RecordDecoder().decode(record.data()).getFirst();
            assertThat(Objects.requireNonNull(part.chunk()).lane()).isEqualTo(new Lanes(4).of("x"));
            part.lines().forEach(line -> arrived.add(Envelope.payloadOf(line).toString()));
        }
        assertThat(arrived).isEqualTo(Shelf.numbers(0, 1_000));
    }

    private static List<Json> payloads(int from, int to) {
        return Shelf.numbers(from, to).stream().map(Json::of).toList();
    }

    @Test
    void fieldsOfTheEnvelopeCannotBeGivenTwice() {
        NewEvent event = NewEvent.of("b", q("x"), Json.of("1"));

        assertThatThrownBy(() -> new NewEvent(
                        "b",
                        event.queue(),
                        event.payload(),
                        event.timestamp(),
                        event.timestamp(),
                        Optional.empty(),
                        Map.of("id", Json.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
