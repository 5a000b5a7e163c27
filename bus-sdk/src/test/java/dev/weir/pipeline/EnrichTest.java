package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.graph.RetryLaterException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What lookups are asked, in one lane and without a bus. */
class EnrichTest {
    private static final Feed<String> IN = Feed.stream("in", Codec.text());
    private static final To<String> OUT = To.queue("out", Codec.text());

    /** Calls that were made, in any order. */
    private final List<Set<String>> calls = Collections.synchronizedList(new ArrayList<>());

    private Map<String, String> upper(Set<String> keys) {
        calls.add(new TreeSet<>(keys));
        Map<String, String> found = new TreeMap<>();
        keys.stream()
                .filter(key -> !key.startsWith("no-"))
                .forEach(key -> found.put(key, key.toUpperCase(java.util.Locale.ROOT)));
        return found;
    }

    private static String joined(String value, Optional<String> found) {
        return value + "=" + found.orElse("nothing");
    }

    private static Alone alone(Lookup<String, String> lookup) {
        return new Alone(Pipeline.of(
                "bot",
                Pipeline.from(IN)
                        .enrich("names", text -> text, lookup, EnrichTest::joined)
                        .to(OUT)));
    }

    /** What comes out of events that come in one slice. */
    private static List<String> slice(Alone alone, String... texts) {
        List<Work> events = new ArrayList<>();
        for (String text : texts) {
            events.add(alone.read("\"" + text + "\""));
        }
        var prepared = alone.prepare(events);
        List<String> results = new ArrayList<>();
        events.forEach(event -> results.addAll(alone.take(prepared, 0, event)));
        return results;
    }

    @Test
    void eachKeyOfASliceIsLookedUpOnceAndTheOrderStays() {
        List<String> results = slice(alone(this::upper), "b", "a", "no-c", "b", "a");

        assertThat(results).containsExactly("\"b=B\"", "\"a=A\"", "\"no-c=nothing\"", "\"b=B\"", "\"a=A\"");
        assertThat(calls).containsExactly(Set.of("a", "b", "no-c"));
    }

    @Test
    void aCallHasAtMostSoManyKeys() {
        Lookup<String, String> lookup = this::upper;
        slice(alone(lookup.keysPerCall(2)), "a", "b", "c", "d", "e");

        assertThat(calls).hasSize(3).allSatisfy(keys -> assertThat(keys).hasSizeBetween(1, 2));
        assertThat(calls.stream().flatMap(Set::stream)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void eachSliceIsLookedUpAnew() {
        Alone alone = alone(this::upper);
        slice(alone, "a");
        slice(alone, "a");

        assertThat(calls).hasSize(2);
    }

    @Test
    void soManyCallsAreMadeAtOnceAndNoMore() {
        int atOnce = 4;
        CyclicBarrier together = new CyclicBarrier(atOnce);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Lookup<String, String> lookup = Lookup.<String, String>each(key -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    await(together); // passes only if so many are there
                    for (int i = 0; i < 20_000; i++) {
                        Thread.onSpinWait(); // further ones would come in now
                    }
                    running.decrementAndGet();
                    return Optional.of(key);
                })
                .callsAtOnce(atOnce);
        List<String> results = slice(
                alone(lookup),
                IntStream.range(0, 50 * atOnce).mapToObj(i -> "k" + i).toArray(String[]::new));

        assertThat(results).hasSize(50 * atOnce).contains("\"k7=k7\"");
        assertThat(most).hasValue(atOnce);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the calls are not made at once", e);
        }
    }

    @Test
    void aLookupBehindALookupIsAskedForAllTogetherToo() {
        Alone alone = new Alone(Pipeline.of(
                "bot",
                Pipeline.from(IN)
                        .enrich("first", text -> text, this::upper, (_, found) -> found.orElse("none"))
                        .map(text -> "no-" + text)
                        .enrich("second", text -> text, this::upper, EnrichTest::joined)
                        .to(OUT)));

        assertThat(slice(alone, "a", "b")).containsExactly("\"no-A=nothing\"", "\"no-B=nothing\"");
        assertThat(calls).containsExactly(Set.of("a", "b"), Set.of("no-A", "no-B"));
    }

    @Test
    void behindAStepWithStateAKeyIsLookedUpWhenItsTurnComes() {
        Alone alone = new Alone(Pipeline.of(
                "bot",
                Pipeline.from(IN)
                        .keyBy(text -> text)
                        .count("count")
                        .enrich("names", count -> "n" + count, this::upper, (_, found) -> found.orElse(""))
                        .to(OUT)));

        assertThat(slice(alone, "a", "a")).containsExactly("\"N1\"", "\"N2\"");
        assertThat(calls).containsExactly(Set.of("n1"), Set.of("n2"));
    }

    @Test
    void valuesWithKeysAreLookedUpTogetherAsFarAsTheirKeyReaches() {
        Alone alone = new Alone(Pipeline.of(
                "bot",
                Pipeline.from(IN)
                        .keyBy(text -> text.substring(0, 1))
                        .enrich("names", text -> text, this::upper, EnrichTest::joined)
                        .keyBy("second", text -> text.substring(0, 1), Codec.text())
                        .enrich("again", text -> "no-" + text, this::upper, EnrichTest::joined)
                        .to(OUT)));

        assertThat(slice(alone, "ax", "ay")).containsExactly("\"ax=AX=nothing\"", "\"ay=AY=nothing\"");
        assertThat(calls).containsExactly(Set.of("ax", "ay"), Set.of("no-ax=AX", "no-ay=AY"));
    }

    @Test
    void afterTryAgainLaterNothingMoreIsAsked() {
        Alone alone = alone(keys -> {
            calls.add(keys);
            throw new RetryLaterException("the service rests");
        });

        assertThatExceptionOfType(RetryLaterException.class)
                .isThrownBy(() -> slice(alone, "a", "b"))
                .withMessage("the service rests");
        assertThat(calls).hasSize(1);
    }

    @Test
    void ofACallThatFailsOnlyTheEventWhoseKeyIsToBlameFails() {
        Alone alone = alone(keys -> {
            if (keys.contains("bad")) {
                throw new IllegalStateException("cannot look up bad");
            }
            return upper(keys);
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> slice(alone, "a", "bad"))
                .withMessage("cannot look up bad");
        assertThat(calls).containsExactly(Set.of("a"));
    }

    @Test
    void whatFailsOnTheWayIsToldWhenItsEventIsTaken() {
        Alone alone = new Alone(Pipeline.of(
                "bot",
                Pipeline.from(IN)
                        .map(text -> text.substring(1))
                        .enrich("names", text -> text, this::upper, EnrichTest::joined)
                        .to(OUT)));
        List<Work> events = List.of(alone.read("\"\""), alone.read("\"xa\""));
        var prepared = alone.prepare(events);

        assertThatExceptionOfType(StringIndexOutOfBoundsException.class)
                .isThrownBy(() -> alone.take(prepared, 0, events.getFirst()));
        assertThat(alone.take(prepared, 0, events.get(1))).containsExactly("\"a=A\"");
        assertThat(calls).containsExactly(Set.of("a"));
    }

    @Test
    void aPipelineWithoutLookupsIsLeftAsItIs() {
        Alone alone = new Alone(Pipeline.of(
                "bot",
                Pipeline.from(IN)
                        .map(text -> {
                            throw new AssertionError("nothing is done before its time: " + text);
                        })
                        .map(Object::toString)
                        .to(OUT)));

        assertThat(alone.prepare(List.of(alone.read("\"a\"")))).isSameAs(alone.prepare(List.of()));
    }

    @Test
    void boundsAreChecked() {
        Lookup<String, String> lookup = this::upper;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lookup.keysPerCall(0))
                .withMessage("a call is for 1 to 10000 keys: keysPerCall=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lookup.callsAtOnce(1_001))
                .withMessage("1 to 1000 calls are made at once: callsAtOnce=1001");
        Lookup<String, String> bounded = Lookup.of(this::upper).keysPerCall(7).callsAtOnce(3);
        assertThat(List.of(bounded.keysPerCall(), bounded.callsAtOnce())).isEqualTo(List.of(7, 3));
        assertThat(List.of(lookup.keysPerCall(), lookup.callsAtOnce())).isEqualTo(List.of(100, 16));
    }
}
