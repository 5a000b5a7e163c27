package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Items} must do when several write at once. */
@Timeout(60)
public abstract class ItemRacesContract extends ItemsFixture {

    private static final int THREADS = 8;
    private static final int INCREMENTS = 5;
    private static final int TRIES_MAX = 10_000;

    @Test
    void ofManyTransactionsThatCreateOneItemExactlyOneWins() throws Exception {
        List<WriteOutcome> outcomes = race(thread -> () -> settled(List.of(
                new Write.Put(Item.at(key("mine" + thread)).build(), Condition.ALWAYS),
                new Write.Put(Item.at(row("shared")).with("winner", thread).build(), Condition.ABSENT))));

        long winner = items().get(row("shared")).orElseThrow().integer("winner");
        for (int thread = 0; thread < THREADS; thread++) {
            boolean won = thread == winner;
            assertThat(outcomes.get(thread))
                    .isEqualTo(won ? WriteOutcome.WRITTEN : new WriteOutcome.ConditionFailed(List.of(row("shared"))));
            assertThat(items().get(key("mine" + thread)).isPresent()).isEqualTo(won);
        }
    }

    @Test
    void aCounterBehindAnEqualFenceEndsExact() throws Exception {
        put(Item.at(key("counter")).with("n", 0).build());

        countToTheEnd(before -> new Condition.Equal("n", Attribute.of(before)));
    }

    @Test
    void aCounterBehindABoundEndsExact() throws Exception {
        countToTheEnd(before -> new Condition.AbsentOrBelow("n", Attribute.of(before + 1)));
    }

    /** Both items move together in each commit, so they must agree whenever they are read and at the end. */
    private void countToTheEnd(IntFunction<Condition> fence) throws Exception {
        race(thread -> () -> {
            for (int i = 0; i < INCREMENTS; i++) {
                increment(fence);
            }
            return WriteOutcome.WRITTEN;
        });

        assertThat(count(key("counter"))).isEqualTo(THREADS * INCREMENTS);
        assertThat(count(row("twin"))).isEqualTo(THREADS * INCREMENTS);
    }

    private void increment(IntFunction<Condition> fence) {
        for (int i = 0; i < TRIES_MAX; i++) {
            int before = count(key("counter"));
            WriteOutcome outcome = items().transact(List.of(
                    new Write.Update(key("counter"), Map.of("n", Attribute.of(before + 1)), fence.apply(before)),
                    new Write.Put(Item.at(row("twin")).with("n", before + 1).build(), Condition.ALWAYS)));
            switch (outcome) {
                case WriteOutcome.Written _ -> {
                    return;
                }
                case WriteOutcome.ConditionFailed _, WriteOutcome.Retry _ -> Thread.onSpinWait();
                case WriteOutcome.Unknown unknown -> throw new AssertionError(unknown);
            }
        }
        throw new AssertionError("no commit in " + TRIES_MAX + " tries");
    }

    private int count(Key key) {
        Optional<Item> item = items().get(key);
        return item.map(found -> (int) found.integer("n")).orElse(0);
    }

    private WriteOutcome settled(List<Write> writes) {
        for (int i = 0; i < TRIES_MAX; i++) {
            WriteOutcome outcome = items().transact(writes);
            if (!(outcome instanceof WriteOutcome.Retry)) {
                return outcome;
            }
        }
        throw new AssertionError("no answer in " + TRIES_MAX + " tries");
    }

    private static List<WriteOutcome> race(IntFunction<Callable<WriteOutcome>> runner)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<WriteOutcome>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Callable<WriteOutcome> body = runner.apply(thread);
                running.add(threads.submit(() -> {
                    start.await();
                    return body.call();
                }));
            }
            List<WriteOutcome> outcomes = new ArrayList<>();
            for (Future<WriteOutcome> each : running) {
                outcomes.add(each.get());
            }
            return outcomes;
        }
    }
}
