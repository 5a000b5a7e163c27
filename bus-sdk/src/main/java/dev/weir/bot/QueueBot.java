package dev.weir.bot;

import dev.weir.cron.CronRow;
import dev.weir.cron.CronRows;
import dev.weir.cron.Invocation;
import dev.weir.cron.Lock;
import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.flow.Tally;
import dev.weir.graph.Graph;
import dev.weir.model.Json;
import dev.weir.port.Invoker;
import dev.weir.port.Items;
import dev.weir.port.Time;
import dev.weir.queue.Queues;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A bot on queues as a function that is invoked: takes the lock of the invocation, runs, and says how the run ended, so that the bot is
 * woken again at the right time.
 *
 * <p>With several instances the one that was invoked starts the others, which take no lock of their own: lanes have fences. One that fails
 * or is not started holds the bot's checkpoint back, so that the bot is seen to be behind and is invoked again. One thread at a time may
 * call it.
 */
public final class QueueBot<T, V, R> {

    /** The instance that the bus invokes. */
    private static final String FIRST = "0";

    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final Items items;
    private final Queues queues;
    private final Time time;
    private final Invoker invoker;
    private final int instances;
    private final Spine<T, V, R> spine;
    private final LockedRun locked;

    /**
     * @param invoker starts the other instances
     * @param instances over how many copies the lanes are spread, at least 1; more than there are lanes are not started
     * @param spine of the same graph and bus
     */
    public QueueBot(
            Graph<T, V, R> graph,
            Bus bus,
            Items items,
            Queues queues,
            Time time,
            Invoker invoker,
            int instances,
            Spine<T, V, R> spine) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.queues = queues;
        this.time = time;
        this.invoker = invoker;
        this.instances = Math.min(instances, bus.lanes().count());
        this.spine = spine;
        this.locked = new LockedRun(bus, items, time);
    }

    /**
     * One invocation.
     *
     * @param payload what the function was given; an invocation that is not the bus's runs the bot too, without a lock
     * @param requestId unique for this invocation
     * @param remainingMillis how much time it has
     * @return how the run ended; empty if there was none, because another has the invocation or a newer one was made
     */
    public Optional<RunOutcome> invoked(byte[] payload, String requestId, long remainingMillis) {
        Optional<Invocation> invocation = Invocation.parse(payload);
        String iid = invocation.map(Invocation::iid).orElse(FIRST);
        if (!iid.equals(FIRST)) {
            return Optional.of(locked.run(remainingMillis, body(Integer.parseInt(iid))));
        }
        if (invocation.isEmpty()) {
            startOthers(Optional.empty());
            return Optional.of(locked.run(remainingMillis, body(0)));
        }
        Optional<Lock> lock = locked.begin(invocation.get(), requestId, remainingMillis);
        lock.ifPresent(_ -> startOthers(invocation));
        return lock.map(held -> locked.run(held, remainingMillis, body(0)));
    }

    /** What runs did since this was last asked: see {@link Spine#takeTally}. */
    public Tally takeTally() {
        return spine.takeTally();
    }

    private LockedRun.Body body(int instance) {
        if (instance >= instances) {
            return (_, _) -> new RunOutcome.Done(0); // started by a copy that knew of more instances
        }
        FanOut own = new FanOut(instance, instances);
        return (stop, deadline) ->
                new QueueRun<>(graph, bus, items, queues, time, spine, own).run(stop, deadline, () -> false);
    }

    /** What becomes of the starts is not looked at: an instance that does not run is behind, and is started by the next run. */
    private void startOthers(Optional<Invocation> invocation) {
        if (instances == 1) {
            return;
        }
        Optional<String> function =
                new CronRows(bus.cron(), items, time).find(graph.name()).flatMap(CronRow::function);
        for (int i = 1; i < instances && function.isPresent(); i++) {
            String payload = "{\"__cron\":{\"id\":" + Json.quoted(graph.name()) + ",\"iid\":\"" + i + "\",\"ts\":"
                    + invocation.map(Invocation::token).orElse(0L) + "}}";
            invoker.invoke(function.get(), payload.getBytes(StandardCharsets.UTF_8));
        }
    }
}
