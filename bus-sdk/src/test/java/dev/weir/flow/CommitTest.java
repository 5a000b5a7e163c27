package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.model.CommitOutcome;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.ForwardingItems;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Step 50-commit, for each way in which a store can answer, or not. */
class CommitTest {
    private static final Key CHECKPOINT = new Key(new Table("t", "lane", "item"), "bot/lane-0", "checkpoint");

    private final MemoryItems stored = new MemoryItems();
    private final ManualTime time = new ManualTime(0);

    /**
     * The script is one letter for each try: w written, r refused, l lost with the request, a lost with the answer, o another was
     * faster, u lost with the request and the look-up fails.
     */
    @ParameterizedTest
    @CsvSource({
        "w, COMMITTED, ours",
        "rw, COMMITTED, ours",
        "rrrrrrw, COMMITTED, ours",
        "a, COMMITTED, ours",
        "lw, COMMITTED, ours",
        "uw, COMMITTED, ours",
        "ula, COMMITTED, ours",
        "ow, FENCED, theirs",
        "row, FENCED, theirs",
        "lrow, FENCED, theirs",
        "rrrrrrrrrrrrrrrrrrrr, RETRY, none",
        "llllllllllllllllllll, RETRY, none"
    })
    void endsInWhatIsStored(String script, CommitOutcome expected, String owner) {
        Deque<Character> tries = new ArrayDeque<>();
        script.chars().forEach(c -> tries.add((char) c));

        Commit.Result result = new Commit(new Scripted(tries), time).write(packed("ours"), CHECKPOINT, 0, 10_000);

        assertThat(result).isEqualTo(new Commit.Result.Ended(expected));
        assertThat(stored.get(CHECKPOINT).map(item -> item.text("commit")).orElse("none"))
                .isEqualTo(owner);
        assertThat(time.epochMillis()).isLessThanOrEqualTo(10_000);
    }

    private static Packed packed(String commitId) {
        Item item =
                Item.at(CHECKPOINT).with("fence", 1).with("commit", commitId).build();
        List<Write> writes = List.of(new Write.Put(item, Condition.ABSENT));
        return new Packed(commitId, writes, List.of(), Map.of(), Map.of(), new TreeMap<>(), List.of(), 0, 0);
    }

    /** A store that answers by a script. */
    private final class Scripted extends ForwardingItems {
        private final Deque<Character> tries;
        private boolean silent;

        private Scripted(Deque<Character> tries) {
            super(stored);
            this.tries = tries;
        }

        @Override
        public WriteOutcome transact(List<Write> writes) {
            return switch (tries.removeFirst()) {
                case 'w' -> stored.transact(writes);
                case 'r' -> new WriteOutcome.Retry("script");
                case 'a' -> {
                    stored.transact(writes);
                    yield new WriteOutcome.Unknown("script");
                }
                case 'o' -> {
                    stored.transact(packed("theirs").writes());
                    yield stored.transact(writes);
                }
                case 'u' -> {
                    silent = true;
                    yield new WriteOutcome.Unknown("script");
                }
                default -> new WriteOutcome.Unknown("script");
            };
        }

        @Override
        public Optional<Item> get(Key key) {
            if (silent) {
                silent = false;
                throw new StoreUnavailableException("script");
            }
            return stored.get(key);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, FENCED", "2, FENCED"})
    void whatAnEarlierTryOfAnotherRunWroteIsNotOurs(long fence, CommitOutcome expected) {
        stored.write(new Write.Put(
                Item.at(CHECKPOINT)
                        .with("fence", Attribute.of(fence))
                        .with("commit", "copy/1:1")
                        .build(),
                Condition.ALWAYS));
        Commit commit = new Commit(stored, time);
        assertThat(commit.write(packed("copy/2:1"), CHECKPOINT, 0, 10_000))
                .isEqualTo(new Commit.Result.Ended(expected));
    }
}
