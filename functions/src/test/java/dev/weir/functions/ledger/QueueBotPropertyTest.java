package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.FanOut;
import dev.weir.model.Eid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chunks of any size, any number of lanes and instances, that changes, crashes and lost answers, and checkpoints that somebody sets back
 * and forth: all of it drawn from a seed.
 */
class QueueBotPropertyTest {
    private static final int SEEDS = 60;
    private static final int KEYS = 6;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void everyEventTakesEffectOncePerPassInTheOrderOfItsKey(int lanes) {
        for (int seed = lanes; seed < lanes + SEEDS; seed++) {
            try {
                new Play(lanes, seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("lanes=" + lanes + " seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** Where a pass began, and what was passed over in it: events above the first and up to the second number need not be in it. */
    private record Pass(int after, List<int[]> skips) {
        boolean mustHave(int n) {
            return skips.stream().noneMatch(skip -> n > skip[0] && n <= skip[1]);
        }
    }

    private static final class Play {
        private final java.util.Random random;
        private final QueueWorld<Tally.Event, Long, String> world;
        private final List<Eid> ids = new ArrayList<>();
        private final List<Pass> passes = new ArrayList<>(List.of(new Pass(-1, new ArrayList<>())));

        Play(int lanes, int seed) {
            random = new java.util.Random(seed);
            world = new QueueWorld<>(Tally.graph("orders"), lanes);
            world.pageEntries = 1 + random.nextInt(20);
        }

        void play() {
            for (int i = 0; i < 30; i++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> put();
                    case 2, 3, 4 -> run();
                    default -> set();
                }
            }
            put();
            world.drain(1 + random.nextInt(3), () -> Plan.NO_FAULTS);
            check();
        }

        private void put() {
            List<String> events = new ArrayList<>();
            int count = 1 + random.nextInt(15);
            for (int i = 0; i < count; i++) {
                int n = ids.size() + i;
                events.add(Tally.event("k" + n % KEYS, n));
            }
            world.time.advance(Duration.ofMillis(random.nextInt(3)));
            Eid first = world.put("orders", events);
            for (int i = 0; i < count; i++) {
                ids.add(first.plus(i));
            }
        }

        private void run() {
            int instances = 1 + random.nextInt(3);
            int instance = random.nextInt(instances);
            world.run(world.copy(zombies(Plan.random(random, 0.03)), new FanOut(instance, instances)));
        }

        /** Now and then a process stands still for as long as another takes all that there is. */
        private Plan zombies(Plan faults) {
            int asleep = random.nextInt(60);
            return call -> {
                if (call.index() == asleep) {
                    world.run();
                }
                return faults.at(call);
            };
        }

        /** As an operator does, who sees where the bot is. */
        private void set() {
            String before = world.checkpoint("orders").orElse("");
            if (ids.isEmpty()) {
                return;
            }
            int was = number(before);
            int n = random.nextInt(ids.size());
            if (n == was) {
                return;
            }
            settle();
            was = number(world.checkpoint("orders").orElse(""));
            if (n == was) {
                return;
            }
            world.setCheckpoint("orders", ids.get(n).toString());
            if (n < was) {
                passes.add(new Pass(n, new ArrayList<>()));
            } else {
                passes.getLast().skips.add(new int[] {was, n});
            }
        }

        /** What was set before is met by a run; so a pass that is counted here is one that the bot has begun. */
        private void settle() {
            world.run();
        }

        private int number(String eid) {
            for (int n = ids.size() - 1; n >= 0; n--) {
                if (ids.get(n).toString().equals(eid)) {
                    return n;
                }
            }
            return -1;
        }

        private void check() {
            var seen = world.seen();
            for (int k = 0; k < KEYS; k++) {
                List<Integer> sequence = seen.getOrDefault("k" + k, List.of());
                assertThat(isInPasses(sequence, k))
                        .as("key=k%d events=%d passes=%s seen=%s", k, ids.size(), describe(), sequence)
                        .isTrue();
                long count = world.state().getOrDefault("k" + k, 0L);
                assertThat(count).as("key=k%d", k).isEqualTo(sequence.size());
            }
            assertThat(world.checkpoint("orders")).contains(ids.getLast().toString());
        }

        private List<String> describe() {
            return passes.stream()
                    .map(pass -> pass.after + " without "
                            + pass.skips.stream()
                                    .map(java.util.Arrays::toString)
                                    .toList())
                    .toList();
        }

        /** Whether what was seen is a beginning of each pass, one after the other, and the whole of the last one. */
        private boolean isInPasses(List<Integer> sequence, int key) {
            Set<Integer> places = Set.of(0);
            for (Pass pass : passes.subList(0, passes.size() - 1)) {
                places = after(sequence, places, pass, key, false);
            }
            return after(sequence, places, passes.getLast(), key, true).contains(sequence.size());
        }

        private Set<Integer> after(List<Integer> sequence, Set<Integer> places, Pass pass, int key, boolean whole) {
            Set<Integer> reached = new HashSet<>(whole ? Set.of() : places);
            Set<Integer> now = new HashSet<>(places);
            for (int n = 0; n < ids.size(); n++) {
                if (n % KEYS != key || n <= pass.after) {
                    continue;
                }
                Set<Integer> next = new HashSet<>();
                for (int place : now) {
                    if (place < sequence.size() && sequence.get(place) == n) {
                        next.add(place + 1);
                    }
                    if (!pass.mustHave(n)) {
                        next.add(place);
                    }
                }
                now = next;
                reached.addAll(whole ? Set.of() : now);
            }
            reached.addAll(now);
            return reached;
        }
    }
}
