package dev.weir.local.simulate;

import dev.weir.flow.Bus;
import dev.weir.functions.archive.ArchiveRun;
import dev.weir.local.simulator.Stage;
import dev.weir.local.simulator.StartedFunction;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Time;
import dev.weir.queue.Archiver;
import dev.weir.queue.Queues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Archives queues from time to time; and what was over its time when an archiver that succeeded began goes from the queues soon after. */
final class BusKeeping {
    private static final String ARCHIVE = "archive";
    private static final int PERIOD_MILLIS_MAX = 240_000;
    private static final int AGE_MILLIS_MAX = 120_000;

    /** At least so long replicas may be behind: what was archived that late is not removed before they know. */
    private static final int EXPIRED_AFTER_MILLIS = 10_000;

    private static final long END_MILLIS = 2_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Bus bus;
    private final Stage stage;
    private final long ageMillis;
    private final int periodMillis;

    BusKeeping(Bus bus, Stage stage) {
        this.bus = bus;
        this.stage = stage;
        this.ageMillis = stage.random(AGE_MILLIS_MAX);
        this.periodMillis = 10_000 + stage.random(PERIOD_MILLIS_MAX);
        stage.function(ARCHIVE, this::function);
        plan();
    }

    private void plan() {
        stage.inBackground(1 + stage.random(periodMillis), this::archive);
    }

    private void archive() {
        List<Key> expired = expired();
        stage.invoke(ARCHIVE, new byte[0], answered -> {
            if (answered) {
                stage.inBackground(
                        EXPIRED_AFTER_MILLIS + stage.random(periodMillis), () -> expired.forEach(stage::expire));
            }
        });
        plan();
    }

    private List<Key> expired() {
        long nowSeconds = stage.time().epochMillis() / 1_000;
        List<Key> expired = new ArrayList<>();
        for (Item item : stage.items().scan(bus.queues())) {
            if (item.get("ttl") instanceof Attribute.Number(var seconds) && seconds.longValue() <= nowSeconds) {
                expired.add(item.key());
            }
        }
        return expired;
    }

    /** The deployed function archives what is an hour old. In a run an hour is long; so the clock by which it tells is ahead. */
    private StartedFunction function(StartedFunction.Ports ports) {
        Queues queues = new Queues(bus.queueTables(), ports.items(), ports.objects(), ports.time());
        Archiver archiver = new Archiver(bus.queueTables(), ports.items(), ports.objects(), ports.time());
        Ahead ahead = new Ahead(ports.time(), HOUR.toMillis() - ageMillis);
        ArchiveRun run = new ArchiveRun(queues, archiver, ahead);
        return (event, request, millis) -> {
            ArchiveRun.Round round = run.until(ahead.epochMillis() + millis - END_MILLIS);
            if (!round.done() || !round.troubles().isEmpty()) {
                throw new dev.weir.port.StoreUnavailableException("not all was archived: " + round);
            }
            return String.valueOf(round).getBytes(StandardCharsets.UTF_8);
        };
    }

    private record Ahead(Time time, long millis) implements Time {
        @Override
        public long epochMillis() {
            return time.epochMillis() + millis;
        }

        @Override
        public void pause(Duration duration) {
            time.pause(duration);
        }
    }
}
