package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.InvokeOutcome;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of wake-ups, invocations, runs and operators, with lost answers, lost invocations, deaths and clocks that jump:
 * only one run at a time can write, and in the end everything is read. {@code -Dweir.seed=S -Dweir.programs=1} plays one again.
 */
class CronRaceTest {
    private static final int PROGRAMS = 300;
    private static final int STEPS = 250;

    @Test
    void oneRunAtATimeWritesAndInTheEndAllIsRead() {
        long seed = Long.getLong("weir.seed", 1);
        int programs = Integer.getInteger("weir.programs", PROGRAMS);
        int invocations = 0;
        int fenced = 0;
        for (int i = 0; i < programs; i++) {
            Race race = new Race(seed + i);
            try {
                race.play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dweir.seed=" + (seed + i) + " -Dweir.programs=1: " + race.log, e);
            }
            invocations += race.invoked.size();
            fenced += race.fenced;
        }
        assertThat(invocations).as("races in which nothing runs show nothing").isGreaterThan(programs);
        assertThat(fenced).as("races in which nobody is late show nothing").isGreaterThan(programs / 4);
    }

    /** One bot on one queue, and all that happens to it. */
    private static final class Race extends CronFixture {
        private final SplittableRandom random;
        private final List<Lock> runsThatLive = new ArrayList<>();
        private final List<byte[]> onTheirWay = new ArrayList<>();
        private final Set<Long> tokens = new HashSet<>();
        private final List<String> log = new ArrayList<>();
        private int head;
        private int requests;
        private int fenced;
        private long newestBegun;

        Race(long seed) {
            random = new SplittableRandom(seed);
            register(ORDERS);
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                try {
                    step(random.nextInt(22));
                } catch (StoreUnavailableException e) {
                    log.add("unavailable");
                }
                deliver();
            }
            finish();
        }

        private void step(int dice) {
            log.add("step " + dice);
            switch (dice) {
                case 0, 1, 2 -> publish(random.nextInt(3) > 0);
                case 3, 4, 5, 6 -> cron.consider(BOT);
                case 7, 8 -> begin();
                case 9, 10, 11 -> read();
                case 12, 13 -> end();
                case 14 -> trouble();
                case 15, 20, 21 -> time.advance(Duration.ofMillis(random.nextLong(-3_000, 200_000)));
                case 16 -> service = random.nextInt(3) > 0 ? InvokeOutcome.ACCEPTED : failure();
                case 17 -> waker.sweep();
                case 18 -> operate();
                default -> dropRun();
            }
        }

        private void publish(boolean isTold) {
            head++;
            head("orders", eid(head));
            if (isTold) {
                waker.wake(Map.of("orders", eid(random.nextInt(4) == 0 ? random.nextInt(head) + 1 : head)));
            }
        }

        private InvokeOutcome failure() {
            return random.nextBoolean() ? new InvokeOutcome.Refused("no") : new InvokeOutcome.Unknown("lost");
        }

        /** What was invoked arrives now or later, once or twice; what was refused never, and what got no answer perhaps. */
        private void deliver() {
            while (requests < invoked.size()) {
                byte[] payload = invoked.get(requests++);
                assertThat(tokens.add(Invocation.parse(payload).orElseThrow().token()))
                        .as("a token comes once")
                        .isTrue();
                if (!(service instanceof InvokeOutcome.Refused)) {
                    onTheirWay.add(payload);
                }
            }
        }

        private void begin() {
            if (onTheirWay.isEmpty()) {
                return;
            }
            byte[] payload = onTheirWay.get(random.nextInt(onTheirWay.size()));
            if (random.nextInt(3) > 0) {
                onTheirWay.remove(payload);
            }
            runs.begin(Invocation.parse(payload).orElseThrow(), "request-" + log.size(), 5_000)
                    .ifPresent(lock -> {
                        log.add("began " + lock.token());
                        assertThat(lock.token())
                                .as("a run begins after all that were invoked before it")
                                .isGreaterThan(newestBegun);
                        newestBegun = lock.token();
                        runsThatLive.add(lock);
                    });
        }

        private void read() {
            if (runsThatLive.isEmpty()) {
                return;
            }
            Lock lock = any();
            Optional<String> from = row().read(ORDERS).map(Checkpoint::eid);
            int next = Math.min(head, place(from.orElse("")) + 1 + random.nextInt(2));
            WriteOutcome outcome = items.write(CronWrite.of(CRON, BOT)
                    .read(ORDERS, from, at(eid(next)))
                    .under(lock)
                    .build());
            if (lock.token() < newestBegun) {
                assertThat(outcome).as("a stale run reads nothing").isNotInstanceOf(WriteOutcome.Written.class);
                fenced++;
            }
        }

        private void end() {
            if (runsThatLive.isEmpty()) {
                return;
            }
            Lock lock = any();
            runsThatLive.remove(lock);
            Runs.Ending ending =
                    switch (random.nextInt(4)) {
                        case 0 -> runs.fail(lock, "no");
                        case 1 -> runs.completeAndRunAgain(lock);
                        default -> runs.complete(lock);
                    };
            if (lock.token() < newestBegun) {
                assertThat(ending).as("a stale run ends nothing").isEqualTo(Runs.Ending.FENCED);
                fenced++;
            }
        }

        private void trouble() {
            switch (random.nextInt(3)) {
                case 0 -> items.throttle();
                case 1 -> items.loseRequest();
                default -> items.loseAnswer();
            }
        }

        private void operate() {
            switch (random.nextInt(5)) {
                case 0 -> controls.pause(BOT);
                case 1, 2 -> controls.resume(BOT);
                case 3 -> controls.run(BOT, Controls.Force.WHEN_IDLE);
                default -> controls.run(BOT, Controls.Force.NOW);
            }
        }

        private void dropRun() {
            if (!runsThatLive.isEmpty()) {
                runsThatLive.remove(any());
            }
        }

        private Lock any() {
            return runsThatLive.get(random.nextInt(runsThatLive.size()));
        }

        private static int place(String eid) {
            return eid.isEmpty() ? 0 : Integer.parseInt(eid.substring(eid.length() - 7));
        }

        /** Nothing goes wrong any more, and everybody who lived is dead: within two hours all is read. */
        private void finish() {
            service = InvokeOutcome.ACCEPTED;
            items.calm();
            onTheirWay.clear();
            controls.resume(BOT);
            long end = time.epochMillis() + Duration.ofHours(2).toMillis();
            while (time.epochMillis() < end && !isRead()) {
                waker.sweep();
                cron.all();
                deliver();
                for (byte[] payload : List.copyOf(onTheirWay)) {
                    onTheirWay.remove(payload);
                    runs.begin(Invocation.parse(payload).orElseThrow(), "last-" + requests, 60_000)
                            .ifPresent(this::readAll);
                }
                time.advance(Duration.ofSeconds(5));
            }
            assertThat(isRead()).as("all is read: %s", row().item()).isTrue();
        }

        private void readAll(Lock lock) {
            Optional<String> from = row().read(ORDERS).map(Checkpoint::eid);
            assertThat(items.write(CronWrite.of(CRON, BOT)
                            .read(ORDERS, from, at(eid(head)))
                            .under(lock)
                            .build()))
                    .isEqualTo(WriteOutcome.WRITTEN);
            runs.complete(lock);
        }

        private boolean isRead() {
            return head == 0 || place(row().read(ORDERS).map(Checkpoint::eid).orElse("")) == head;
        }
    }
}
