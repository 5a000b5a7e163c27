package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.port.ObjectStore.IfPresent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} must do when nothing fails. Subclass and supply the adapter; its bucket may hold anything before. */
@Timeout(60)
public abstract class ObjectStoreContract {

    private static final int THREADS = 8;

    /** Makes every test a folder of its own. */
    private final String own = "test-" + UUID.randomUUID() + "/";

    /** The adapter under test; the same for the whole test. */
    protected abstract ObjectStore objects();

    @Test
    void anObjectThatWasNeverStoredIsEmpty() {
        assertThat(objects().get(key("a"))).isEmpty();
        assertThat(objects().getRange(key("a"), 0, 1)).isEmpty();
        assertThat(objects().size(key("a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 3 * 1024 * 1024 + 7})
    void anObjectComesBackAsItWasStored(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);

        assertStored(objects().put(key("a"), data, IfPresent.REPLACE));

        assertThat(objects().get(key("a"))).get().isEqualTo(data);
        assertThat(objects().size(key("a"))).hasValue(bytes);
    }

    @Test
    void aSecondPutReplacesTheFirstAlsoByLess() {
        store("a", "longer");
        store("a", "new");

        assertThat(text("a")).isEqualTo("new");
        assertThat(objects().size(key("a"))).hasValue(3);
    }

    @Test
    void aPutThatKeepsStoresWhereNothingIsAndLeavesWhatIsThere() {
        assertStored(objects().put(key("a"), bytes("first"), IfPresent.KEEP));

        assertThat(objects().put(key("a"), bytes("second"), IfPresent.KEEP)).isEqualTo(ObjectOutcome.ALREADY_THERE);
        assertThat(text("a")).isEqualTo("first");
    }

    @Test
    void afterADeleteAPutThatKeepsStoresAgain() {
        store("a", "first");
        objects().delete(key("a"));

        assertStored(objects().put(key("a"), bytes("second"), IfPresent.KEEP));

        assertThat(text("a")).isEqualTo("second");
    }

    @Test
    void ofManyPutsThatKeepExactlyOneStores() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<ObjectOutcome> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<ObjectOutcome>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                byte[] mine = bytes("of " + thread);
                Callable<ObjectOutcome> put = () -> {
                    start.await();
                    return objects().put(key("a"), mine, IfPresent.KEEP);
                };
                running.add(threads.submit(put));
            }
            for (Future<ObjectOutcome> each : running) {
                outcomes.add(each.get());
            }
        }

        assertThat(outcomes).containsOnlyOnce(ObjectOutcome.STORED);
        assertThat(text("a")).isEqualTo("of " + outcomes.indexOf(ObjectOutcome.STORED));
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "0,10,0123456789", "3,4,3456", "9,1,9", "8,100,89", "10,1,''", "11,1,''", "5000000000,5,''"})
    void aRangeEndsWhereTheObjectEnds(long from, int bytes, String expected) {
        store("a", "0123456789");

        assertThat(objects().getRange(key("a"), from, bytes)).get().isEqualTo(bytes(expected));
    }

    @Test
    void aRangeOfAnObjectWithoutBytesHasNone() {
        store("a", "");

        assertThat(objects().getRange(key("a"), 0, 10)).get().isEqualTo(new byte[0]);
    }

    @Test
    void aDeleteRemovesAndRemovingNothingSucceeds() {
        store("a", "x");
        store("b", "y");

        objects().delete(key("a"));
        objects().delete(key("a"));

        assertThat(objects().get(key("a"))).isEmpty();
        assertThat(names("", "", 10)).containsExactly("b");
    }

    @Test
    void whatWasStoredOrReadDoesNotChangeWithTheArraysOfOthers() {
        byte[] mine = bytes("abc");
        objects().put(key("a"), mine, IfPresent.REPLACE);
        mine[0] = 'x';
        objects().get(key("a")).orElseThrow()[1] = 'x';
        objects().getRange(key("a"), 0, 3).orElseThrow()[2] = 'x';

        assertThat(text("a")).isEqualTo("abc");
    }

    @Test
    void keysAreListedInTheOrderOfTheirBytesWithinThePrefixAndAfterTheKey() {
        for (String name : List.of("b", "a", "a-", "a0", "ab", "B", "z", "ż", "a b", "a+b")) {
            store(name, name);
        }

        assertThat(names("", "", 100)).containsExactly("B", "a", "a b", "a+b", "a-", "a0", "ab", "b", "z", "ż");
        assertThat(names("a", "", 100)).containsExactly("a", "a b", "a+b", "a-", "a0", "ab");
        assertThat(names("a", "a-", 100)).containsExactly("a0", "ab");
        assertThat(names("a", "a,nobody", 1)).containsExactly("a-");
        assertThat(names("a", "b", 100)).isEmpty();
        assertThat(names("b", "a", 100)).containsExactly("b");
        assertThat(names("", "z", 1)).containsExactly("ż");
        assertThat(names("nobody", "", 100)).isEmpty();
    }

    @Test
    void aListHasNoFoldersAndItsLimitCountsKeys() {
        for (int i = 0; i < 7; i++) {
            store("folder" + i % 2 + "/" + i, "x");
        }

        assertThat(names("", "", 4)).containsExactly("folder0/0", "folder0/2", "folder0/4", "folder0/6");
        assertThat(names("folder1/", "folder1/1", 2)).containsExactly("folder1/3", "folder1/5");
        assertThat(names("folder1/", "folder1/5", 2)).isEmpty();
    }

    @Test
    void aListOfManyKeysIsWholeAndGoesOnWhereAnotherEnded() {
        List<String> expected =
                IntStream.range(10, 33).mapToObj(Integer::toString).toList();
        expected.forEach(name -> store(name, ""));

        assertThat(names("", "", Integer.MAX_VALUE)).isEqualTo(expected);
        assertThat(names("", "", 17)).isEqualTo(expected.subList(0, 17));
        assertThat(names("", "26", 5)).isEqualTo(expected.subList(17, 22));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "żółw 🐢",
                "a b",
                "a+b",
                "a%20b",
                "a?b&c=d#e",
                "a:b;c,d",
                "~!@$^*()[]{}|'\"`<>",
                "\u0001\u001f\u007f",
                "..a",
                "a..",
                "deep/er/x"
            })
    void everyKeyIsItself(String name) {
        assertStored(objects().put(key(name), bytes(name), IfPresent.KEEP));

        assertThat(text(name)).isEqualTo(name);
        assertThat(objects().size(key(name))).isPresent();
        assertThat(names("", "", 10)).containsExactly(name);
        assertThat(names(name.substring(0, 1), "", 10)).containsExactly(name);
        objects().delete(key(name));
        assertThat(names("", "", 10)).isEmpty();
    }

    @Test
    void aStreamIsStoredWhole() throws IOException {
        assertStored(objects().put(key("a"), new ByteArrayInputStream(bytes("abc")), 3, IfPresent.REPLACE));

        assertThat(text("a")).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, -1, ObjectLimits.OBJECT_BYTES_MAX + 1})
    void aStreamOfAnotherLengthIsRefusedAndNothingIsStored(int said) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> objects().put(key("a"), new ByteArrayInputStream(bytes("abc")), said, IfPresent.REPLACE))
                .withMessageContaining("bytes=" + said);

        assertThat(objects().get(key("a"))).isEmpty();
    }

    @Test
    void aKeyMayHaveTheMostBytes() {
        String part = "/" + "ż".repeat(60);
        String longest = own
                + "k"
                        .repeat(ObjectLimits.KEY_BYTES_MAX
                                - own.length()
                                - 4 * part.getBytes(StandardCharsets.UTF_8).length
                                - 200)
                + "/" + "k".repeat(199) + part.repeat(4);
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(ObjectLimits.KEY_BYTES_MAX);

        assertStored(objects().put(longest, bytes("x"), IfPresent.KEEP));

        assertThat(objects().get(longest)).isPresent();
        assertThat(objects().list(own, "", 10)).containsExactly(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> objects().get(longest + "k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/./b", "a/..", "../a"})
    void aKeyThatOthersWouldTakeForAnotherIsRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> objects().put(key, new byte[0], IfPresent.REPLACE));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().get(key));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().getRange(key, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().size(key));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().delete(key));
    }

    @Test
    void halfACharacterIsRefusedEverywhere() {
        String half = "a\uD83D";

        assertThatIllegalArgumentException().isThrownBy(() -> objects().get(half));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().list(half, "", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().list("", half, 1));
    }

    @Test
    void whatBreaksALimitIsRefused() {
        byte[] tooMuch = new byte[ObjectLimits.OBJECT_BYTES_MAX + 1];

        assertThatIllegalArgumentException().isThrownBy(() -> objects().put(key("a"), tooMuch, IfPresent.REPLACE));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().getRange(key("a"), -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().getRange(key("a"), Long.MAX_VALUE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().getRange(key("a"), 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().getRange(key("a"), 0, tooMuch.length));
        assertThatIllegalArgumentException().isThrownBy(() -> objects().list("", "", 0));
    }

    private String key(String name) {
        return own + name;
    }

    private void store(String name, String text) {
        assertStored(objects().put(key(name), bytes(text), IfPresent.REPLACE));
    }

    private String text(String name) {
        return new String(objects().get(key(name)).orElseThrow(), StandardCharsets.UTF_8);
    }

    private List<String> names(String prefix, String after, int limit) {
        return objects().list(key(prefix), after.isEmpty() ? "" : key(after), limit).stream()
                .map(key -> key.substring(own.length()))
                .toList();
    }

    private static void assertStored(ObjectOutcome outcome) {
        assertThat(outcome).isEqualTo(ObjectOutcome.STORED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
