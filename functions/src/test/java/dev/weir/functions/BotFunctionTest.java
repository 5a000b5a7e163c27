package dev.weir.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.bot.Ports;
import dev.weir.cron.Controls;
import dev.weir.cron.Cron;
import dev.weir.cron.Registration;
import dev.weir.flow.Bus;
import dev.weir.functions.examples.WordCount;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Puller;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.memory.MemoryTableChanges;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.To;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Shard;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One function that is any bot. */
class BotFunctionTest {
    private static final String ALL_TAKEN = "{\"batchItemFailures\":[]}";
    private static final String STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/weir-transfers";

    private final ManualTime time = new ManualTime(1_795_194_307_123L);
    private final Bus bus = new Bus("weir", new Lanes(1));
    private final MemoryItems items = new MemoryItems();
    private final MemoryStreams streams = new MemoryStreams(time);
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final Wiring wiring = Wiring.of(
            new Ports(bus, items, streams, objects, new MemoryTableChanges(time), new RefusedPrograms(), time));
    private final Deque<byte[]> invocations = new ArrayDeque<>();
    private int requests;

    /** None of these bots runs any. */
    private static final class RefusedPrograms implements Programs {
        @Override
        public Answers give(Id id, Program program, Progress progress, Json line) {
            throw new IllegalStateException("no program runs here: id=" + id);
        }

        @Override
        public Answers rest(Id id, Program program, Progress progress) {
            throw new IllegalStateException("no program runs here: id=" + id);
        }
    }

    private BotFunction function(Bot bot) {
        return new BotFunction(bot, wiring, (_, _) -> InvokeOutcome.ACCEPTED, 1);
    }

    private String call(BotFunction function, String event) throws IOException {
        return call(function, new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }

    private String call(BotFunction function, InputStream event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        function.handleRequest(event, answer, new QuietContext(60_000, "request-" + ++requests));
        return answer.toString(StandardCharsets.UTF_8);
    }

    private List<String> queue(String name) {
        return new Queues(bus.queueTables(), items, objects, time)
                .readerOfAll(QueueName.of(name), Position.beginning()).next(ReadLimits.DEFAULTS).entries().stream()
                        .map(entry -> ((QueueEvent) entry).payload().toString())
                        .toList();
    }

    // ------------------------------------------------------------------ which bot

    @ParameterizedTest
    @ValueSource(strings = {"", "leger", "LEDGER"})
    void aNameThatNoBotHasIsToldWithTheNamesThatThereAre(String name) {
        Map<String, String> environment = name.isEmpty() ? Map.of() : Map.of("WEIR_BOT", name);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.bot(environment, List.of(Bot.of(WordCount.PIPELINE), Bot.of(Ledger.GRAPH))))
                .withMessage(
                        "WEIR_BOT must be the name of a bot in the jar: WEIR_BOT=" + name + " bots=ledger,word-count");
    }

    @Test
    void aBotIsFoundByItsNameAmongThoseOfTheJar() {
        Bot bot = Settings.bot(Map.of("WEIR_BOT", "ledger"), BotProvider.found());

        assertThat(((Bot.Reader) bot).graph()).isSameAs(Ledger.GRAPH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "many", "1.5", "01", ""})
    void aNumberOfInstancesThatCannotBeIsRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.instances(Map.of("WEIR_INSTANCES", value)))
                .withMessageContaining("WEIR_INSTANCES=" + value);
    }

    @Test
    void instancesAreOneUnlessTheyAreGiven() {
        assertThat(Settings.instances(Map.of())).isOne();
        assertThat(Settings.instances(Map.of("WEIR_INSTANCES", "1000"))).isEqualTo(1_000);
    }

    @Test
    void clientsOfPortsThatNobodyAsksForAreNotMade() {
        // An endpoint that no client takes: making one fails.
        Wiring real = Wiring.from(Map.of(
                "WEIR_KINESIS_ENDPOINT", "http://127.0.0.1:9",
                "WEIR_DYNAMODB_ENDPOINT", "http://127.0.0.1:9",
                "WEIR_S3_ENDPOINT", "nowhere"));
        Ports ports = real.ports();

        assertThat(real.ports()).isSameAs(ports);
        assertThat(new BotFunction(Bot.of(Ledger.GRAPH), real, (_, _) -> InvokeOutcome.ACCEPTED, 1))
                .isNotNull();
        assertThatThrownBy(() -> ports.objects().get("key")).hasMessageContaining("scheme");
    }

    @Test
    void aWiringWithoutTheRestSaysSo() {
        Wiring little = new Wiring(bus, items, streams, time);

        assertThatThrownBy(little::ports).hasMessageContaining("Wiring.of");
    }

    // ------------------------------------------------------------------ on a stream

    private static String transfer(int i) {
        return "{\"source\":\"sweep\",\"target\":\"account-" + i + "\",\"amount\":1}";
    }

    private byte[] batch(int from, int to) {
        String stream = bus.stream("transfers");
        streams.create(stream, 1);
        Shard shard = streams.shards(stream).getFirst();
        List<Record> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(new Record(
                    shard.id(),
                    new SequenceNumber(Integer.toString(1_000 + i)),
                    "sweep",
                    time.epochMillis(),
                    transfer(i).getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        LambdaEvent.write(event, STREAM_ARN, "arn:aws:iam::000000000000:role/r", records);
        return event.toByteArray();
    }

    /** As a socket: gives a few bytes at a time, cannot go back, and counts. */
    private static final class Socket extends InputStream {
        private final InputStream in;
        private long read;

        Socket(byte[] event) {
            this.in = new ByteArrayInputStream(event);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            int some = in.read(to, at, Math.min(length, 7));
            read += Math.max(some, 0);
            return some;
        }
    }

    @Test
    void aBatchIsTakenAndReadOnce() throws IOException {
        byte[] event = batch(0, 30);
        Socket socket = new Socket(event);

        assertThat(call(function(Bot.of(Ledger.GRAPH)), socket)).isEqualTo(ALL_TAKEN);

        assertThat(socket.read).isEqualTo(event.length);
        assertThat(queue(Ledger.DECIDED)).hasSize(30).first().asString().contains("account-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tick\":true}", " { \"tick\" : true }\n", "{\"source\":\"x\",\"tick\":true}"})
    void aTickIsNoBatch(String tick) throws IOException {
        batch(0, 0);

        assertThat(call(function(Bot.of(Ledger.GRAPH)), tick)).isEqualTo("{\"done\":true}");
        assertThat(call(function(Bot.of(Ledger.GRAPH)), new Socket(tick.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{\"done\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tick\":false}",
                "{\"tick\":\"true\"}",
                "{\"tock\":true}",
                "{\"in\":{\"tick\":true}}",
                "[{\"tick\":true}]",
                "{\"tick\":true}x",
                "{\"tick\":true",
                "{}",
                ""
            })
    void whatIsNoTickIsABatchOrNothing(String event) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(function(Bot.of(Ledger.GRAPH)), event))
                .withMessageContaining("not an event from Kinesis");
    }

    @Test
    void aBatchWithAFieldThatIsCalledTickIsStillABatch() throws IOException {
        String batch = new String(batch(0, 1), StandardCharsets.UTF_8);
        String event = "{\"tick\":true," + batch.substring(1);

        assertThat(call(function(Bot.of(Ledger.GRAPH)), event)).isEqualTo(ALL_TAKEN);
        assertThat(queue(Ledger.DECIDED)).hasSize(1);
    }

    // ------------------------------------------------------------------ on queues, and from outside

    private static Optional<Puller.Pulled> pull(String cursor) {
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        List<Json> payloads = IntStream.range(from, Math.min(25, from + 10))
                .mapToObj(n -> Json.of(Integer.toString(n)))
                .toList();
        return payloads.isEmpty()
                ? Optional.empty()
                : Optional.of(new Puller.Pulled(payloads, Integer.toString(from + payloads.size())));
    }

    private static Bot.Source source(List<String> wakers) {
        return new Bot.Source(
                "shop", "orders", "0 * * * *", wakers, List.of(), List.of(), _ -> (cursor, _) -> pull(cursor));
    }

    private Cron register(Registration registration) {
        new Controls(bus.cron(), items, time).register(registration);
        return new Cron(
                bus.cron(),
                items,
                (_, payload) -> {
                    invocations.add(payload);
                    return InvokeOutcome.ACCEPTED;
                },
                time);
    }

    private static Registration hourly() {
        return new Registration(
                "shop", Optional.of("shop"), List.of(), Optional.of("0 * * * *"), Optional.empty(), "brings orders");
    }

    @Test
    void aSourceBringsEachRecordOnceHoweverItIsInvoked() throws IOException {
        BotFunction function = function(source(List.of()));

        assertThat(call(function, "{}")).isEqualTo("{\"status\":\"done\",\"entries\":25}");
        assertThat(call(function(source(List.of())), "{}")).isEqualTo("{\"status\":\"done\",\"entries\":0}");

        assertThat(queue("orders"))
                .isEqualTo(IntStream.range(0, 25).mapToObj(Integer::toString).toList());
    }

    @Test
    void changesOfATableWakeASourceWhichThenRunsUnderItsLock() throws IOException {
        Cron cron = register(hourly());
        cron.all();
        assertThat(invocations).isEmpty();
        BotFunction function = function(source(List.of("prices")));

        assertThat(call(function, "{\"Records\":[{\"eventID\":\"1\",\"dynamodb\":{}}]}"))
                .isEqualTo(ALL_TAKEN);
        assertThat(queue("orders")).isEmpty();
        cron.all();

        byte[] invocation = invocations.remove();
        assertThat(call(function, new ByteArrayInputStream(invocation)))
                .isEqualTo("{\"status\":\"done\",\"entries\":25}");
        assertThat(call(function, new ByteArrayInputStream(invocation))).isEqualTo("{\"status\":\"skipped\"}");
        assertThat(queue("orders")).hasSize(25);
    }

    @Test
    void aReaderOfQueuesIsInvokedByTheTrigger() throws IOException {
        call(function(source(List.of())), "{}");
        Bot doubles = Bot.of(Pipeline.of(
                "doubles",
                Pipeline.from(Feed.queue("orders", Codec.of(Integer.class)))
                        .map(order -> 2 * order)
                        .to(To.queue("doubled", Codec.of(Integer.class)))));
        Cron cron = register(Registration.onQueues("doubles", "doubles", List.of(QueueName.of("orders"))));
        new Controls(bus.cron(), items, time).wake("doubles");
        cron.all();

        assertThat(call(function(doubles), new ByteArrayInputStream(invocations.remove())))
                .startsWith("{\"status\":\"done\"");
        assertThat(queue("doubled"))
                .isEqualTo(IntStream.range(0, 25)
                        .mapToObj(n -> Integer.toString(2 * n))
                        .toList());
    }
}
