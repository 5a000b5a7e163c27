package dev.weir.flow;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.port.Condition;
import dev.weir.port.ForwardingItems;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A store that answers each transaction by one letter of a script, and as a good store does when the script is over:
 *
 * <ul>
 *   <li>{@code w} written; {@code c} a conflict with another transaction;
 *   <li>{@code l} no answer, and the request is on its way for long; {@code a} written, but no answer; {@code u} no answer, nor to the
 *       look-up that follows, and the request is on its way;
 *   <li>{@code o} another writer was faster; {@code t} a twin who has the same lane was; {@code z} what was on its way arrives before;
 *   <li>{@code v} somebody removed the bot's row before; {@code V} and does it again before each later transaction.
 * </ul>
 */
final class ScriptedStore extends ForwardingItems {
    static final String LETTERS = "wclauotzv";
    private static final Duration CALL = Duration.ofMillis(7);

    private final MemoryItems stored;
    private final ManualTime time;
    private final Deque<Character> script = new ArrayDeque<>();
    private final Deque<List<Write>> onTheirWay = new ArrayDeque<>();
    private final Key row;
    private final Runnable other;
    private final Runnable twin;
    private boolean isSilent;
    private boolean removesRow;
    private int transactions;

    ScriptedStore(MemoryItems stored, ManualTime time, String script, Key row, Runnable other, Runnable twin) {
        super(stored);
        this.stored = stored;
        this.time = time;
        this.row = row;
        this.other = other;
        this.twin = twin;
        script.chars().forEach(c -> this.script.add((char) c));
    }

    /** What was on its way arrives. */
    void arriveAll() {
        while (!onTheirWay.isEmpty()) {
            stored.transact(onTheirWay.remove());
        }
    }

    int transactions() {
        return transactions;
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        transactions++;
        time.pause(CALL);
        char letter = script.isEmpty() ? 'w' : script.remove();
        removesRow |= letter == 'V';
        if (removesRow || letter == 'v') {
            stored.write(new Write.Delete(row, Condition.ALWAYS));
        }
        return switch (letter) {
            case 'c' -> new WriteOutcome.Retry("TransactionConflict");
            case 'l', 'u' -> {
                isSilent = letter == 'u';
                onTheirWay.add(new ArrayList<>(writes));
                yield new WriteOutcome.Unknown("script");
            }
            case 'a' -> {
                stored.transact(writes);
                yield new WriteOutcome.Unknown("script");
            }
            case 'o' -> {
                other.run();
                yield stored.transact(writes);
            }
            case 't' -> {
                twin.run();
                yield stored.transact(writes);
            }
            case 'z' -> {
                arriveAll();
                yield stored.transact(writes);
            }
            default -> stored.transact(writes);
        };
    }

    @Override
    public Optional<Item> get(Key key) {
        if (isSilent) {
            isSilent = false;
            throw new StoreUnavailableException("script");
        }
        return stored.get(key);
    }
}
