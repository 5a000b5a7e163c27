package dev.weir.local.kinesis;

import static dev.weir.local.kinesis.ModelFixture.HOUR_MILLIS;
import static dev.weir.local.kinesis.ModelFixture.START_MILLIS;
import static dev.weir.local.kinesis.ModelFixture.id;
import static dev.weir.local.kinesis.ModelFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KinesisLogTest {

    /** Each of these is one entry of the log. */
    private static final List<Consumer<KinesisModel>> STEPS = List.of(
            model -> model.createStream("a", 2),
            model -> model.put("a", request("k", "first")),
            model -> model.putAll("a", List.of(request("b", "second"), request("ü", "third"), request("k", ""))),
            model -> model.splitShard("a", id(0), BigInteger.valueOf(77)),
            model -> model.put("a", new PutRequest("k", BigInteger.TEN, new byte[40])),
            model -> model.increaseRetention("a", 72),
            model -> model.mergeShards("a", id(2), id(3)),
            model -> model.mergeShards("a", id(1), id(4)),
            model -> model.createStream("b", 1),
            model -> model.put("b", request("k", "of b")),
            model -> model.decreaseRetention("a", 48),
            model -> model.deleteStream("b"),
            model -> model.createStream("b", 3),
            model -> model.putAll("b", List.of(request("x", "1"), request("y", "2"))),
            model -> model.put("a", request("k", "last")));

    private final AtomicLong clock = new AtomicLong(START_MILLIS);

    @TempDir
    Path folder = Path.of("");

    private KinesisModel open(Path log) {
        return KinesisModel.open(log, clock::get, KinesisLimits.local());
    }

    /** All that can be seen of a model. */
    private static List<String> state(KinesisModel model) {
        List<String> state = new ArrayList<>();
        for (String stream : model.streams()) {
            state.add(model.describe(stream) + " last=" + model.lastSequenceNumber(stream));
            for (ShardDetail shard : model.listShards(stream, new ShardFilter.All())) {
                state.add(shard.toString());
                model.read(stream, shard.view().id(), null, 1000, 1 << 20)
                        .forEach(record -> state.add(record.sequenceNumber() + " " + record.partitionKey() + " "
                                + record.arrivalMillis() + " " + Arrays.toString(record.data())));
            }
        }
        return state;
    }

    /** Runs the steps a second apart; lists the length of the log and the state at the start and after each. */
    private List<Moment> run(Path log) throws IOException {
        List<Moment> moments = new ArrayList<>();
        try (KinesisModel model = open(log)) {
            moments.add(new Moment(Files.size(log), state(model)));
            for (Consumer<KinesisModel> step : STEPS) {
                step.accept(model);
                moments.add(new Moment(Files.size(log), state(model)));
                clock.addAndGet(1000);
            }
        }
        return moments;
    }

    private record Moment(long logBytes, List<String> state) {}

    @Test
    void everyAcknowledgedChangeIsThereAgain() throws IOException {
        Path log = folder.resolve("log");
        List<String> before = run(log).getLast().state();
        try (KinesisModel model = open(log)) {
            assertThat(state(model)).isEqualTo(before);
        }
    }

    /** As if the process had ended between any two bytes: what was whole is there, what was not is gone, and the log goes on. */
    @Test
    void aLogThatIsCutAnywhereHoldsAPrefixOfTheChanges() throws IOException {
        List<Moment> moments = run(folder.resolve("log"));
        byte[] whole = Files.readAllBytes(folder.resolve("log"));
        for (int cut = 0; cut <= whole.length; cut++) {
            int length = cut;
            Path log = folder.resolve("cut-" + cut);
            Files.write(log, Arrays.copyOf(whole, cut));
            List<String> expected = moments.stream()
                    .filter(moment -> moment.logBytes() <= length)
                    .reduce(moments.getFirst(), (_, later) -> later)
                    .state();
            List<String> continued = continueAt(log, expected, cut);
            try (KinesisModel model = open(log)) {
                assertThat(state(model)).as("cut=%d", cut).isEqualTo(continued);
            }
        }
    }

    private List<String> continueAt(Path log, List<String> expected, int cut) {
        try (KinesisModel model = open(log)) {
            assertThat(state(model)).as("cut=%d", cut).isEqualTo(expected);
            if (!model.streams().contains("a")) {
                model.createStream("a", 1);
            }
            String last = model.lastSequenceNumber("a");
            assertThat(ModelFixture.stored(model.put("a", request("k", "after")))
                            .sequenceNumber())
                    .isGreaterThan(last);
            return state(model);
        }
    }

    @Test
    void aWrongChecksumAtTheEndIsCutOffAndElsewhereRefused() throws IOException {
        Path log = folder.resolve("log");
        List<Moment> moments = run(log);
        byte[] whole = Files.readAllBytes(log);

        byte[] lastWrong = whole.clone();
        lastWrong[whole.length - 1] ^= 1;
        Files.write(log, lastWrong);
        try (KinesisModel model = open(log)) {
            assertThat(state(model)).isEqualTo(moments.get(moments.size() - 2).state());
        }

        byte[] firstWrong = whole.clone();
        firstWrong[(int) moments.get(1).logBytes() - 1] ^= 1;
        Files.write(log, firstWrong);
        assertThatThrownBy(() -> open(log))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("offset=8");
        assertThat(Files.readAllBytes(log))
                .as("a refused log is left as it was")
                .isEqualTo(firstWrong);
    }

    @Test
    void whatHasOutlivedItsRetentionLeavesTheFileAtTheNextStart() throws IOException {
        Path log = folder.resolve("log");
        String last;
        try (KinesisModel model = open(log)) {
            model.createStream("a", 1);
            for (int i = 0; i < 100; i++) {
                model.put("a", new PutRequest("k", null, new byte[1000]));
            }
            model.splitShard("a", id(0), BigInteger.TEN);
            clock.addAndGet(HOUR_MILLIS);
            last = ModelFixture.stored(model.put("a", request("k", "young"))).sequenceNumber();
        }
        clock.addAndGet(23 * HOUR_MILLIS + 1);
        List<String> before;
        try (KinesisModel model = open(log)) {
            assertThat(Files.size(log)).isLessThan(1000);
            assertThat(model.shards("a")).extracting(ShardView::id).containsExactly(id(1), id(2));
            assertThat(ModelFixture.texts(model.read("a", id(2), null, 10, 1000)))
                    .containsExactly("young");
            assertThat(ModelFixture.stored(model.put("a", request("k", "new"))).sequenceNumber())
                    .isGreaterThan(last);
            model.splitShard("a", id(2), BigInteger.TWO.pow(100));
            before = state(model);
        }
        try (KinesisModel model = open(log)) {
            assertThat(state(model)).isEqualTo(before);
        }
        assertThat(Files.exists(folder.resolve("log.new"))).isFalse();
    }

    @Test
    void aRewriteThatACrashLeftHalfDoneIsIgnored() throws IOException {
        Path log = folder.resolve("log");
        List<String> before = run(log).getLast().state();
        Files.write(folder.resolve("log.new"), new byte[] {1, 2, 3});
        try (KinesisModel model = open(log)) {
            assertThat(state(model)).isEqualTo(before);
        }
    }

    @Test
    void aSecondModelIsKeptOutUntilTheFirstIsClosed() {
        Path log = folder.resolve("log");
        try (KinesisModel model = open(log)) {
            assertThatThrownBy(() -> open(log))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            model.createStream("a", 1);
        }
        try (KinesisModel model = open(log)) {
            assertThat(model.streams()).containsExactly("a");
        }
    }

    @Test
    void aFileOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
        Path file = folder.resolve("notes.txt");
        Files.writeString(file, "not a log at all");
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("notes.txt");
        assertThat(Files.readString(file)).isEqualTo("not a log at all");
    }

    @Test
    void aClosedLogTakesNoChangeAndTheModelStaysAsItWas() {
        KinesisModel model = open(folder.resolve("log"));
        model.createStream("a", 1);
        model.close();
        List<String> before = state(model);
        assertThatThrownBy(() -> model.put("a", request("k", "x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.createStream("b", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.deleteStream("a")).isInstanceOf(IllegalStateException.class);
        assertThat(state(model)).isEqualTo(before);
    }
}
