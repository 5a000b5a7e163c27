package dev.weir.local.simulate;

import dev.weir.flow.Bus;
import dev.weir.flow.StateView;
import dev.weir.graph.Graph;
import dev.weir.local.audit.BusAuditor;
import dev.weir.local.simulator.Stage;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One run of a bus: its bots, who else is there, and what must be true of them. */
final class BusRun {
    private static final String COUNTED = "counted";
    private static final int DIGEST_KEYS = 5;
    private static final int INSTANCES_MAX = 3;

    /** A bot of the run. */
    private record Bot(
            Supplier<Graph<CountingBot.Event, Long, String>> graphs, CountingBot.KeyRule key, String output) {
        String name() {
            return graphs.get().name();
        }
    }

    private final Bus bus;
    private final Stage stage;
    private final BusHistory history;
    private final BusPlant plant;
    private final BusOperator operator;
    private final BusReaders readers;
    private final List<Bot> bots;

    /** @param retention how long queues keep what was archived */
    BusRun(Bus bus, Stage stage, List<String> queues, Duration retention) {
        this.bus = bus;
        this.stage = stage;
        this.history = new BusHistory(bus, stage);
        this.plant = new BusPlant(bus, stage);
        boolean isShared = stage.random(2) == 0;
        this.bots = List.of(
                bot("counter", with(queues, BusStranger.QUEUE), CountingBot.Event::key, COUNTED, isShared, retention),
                bot("digest", List.of(COUNTED), BusRun::digestKey, "digested", !isShared, retention));
        plant.trigger();
        bots.forEach(bot -> plant.bot(bot.graphs, 1 + stage.random(INSTANCES_MAX)));
        this.operator = new BusOperator(bus, stage, bots.stream().map(Bot::name).toList(), history);
        this.readers = new BusReaders(bus, stage, history);
        BusKeeping _ = new BusKeeping(bus, stage);
        BusStranger _ = new BusStranger(bus, stage);
        stage.atEnd(this::end, this::isAtRest);
    }

    private static List<String> with(List<String> queues, String one) {
        List<String> all = new ArrayList<>(queues);
        all.add(one);
        return all;
    }

    private static Bot bot(
            String name,
            List<String> queues,
            CountingBot.KeyRule key,
            String output,
            boolean isShared,
            Duration retention) {
        return new Bot(() -> CountingBot.graph(name, queues, key, output, isShared, retention), key, output);
    }

    private static String digestKey(CountingBot.Event event) {
        return "d" + Math.floorMod(event.id().hashCode(), DIGEST_KEYS);
    }

    private void end() {
        operator.resumeAll();
        plant.tick();
    }

    /** Every bot has read every queue of its to the head. */
    private boolean isAtRest() {
        return bots.stream().allMatch(bot -> behind(bot).isEmpty());
    }

    private List<String> behind(Bot bot) {
        Item row = stage.items().get(new Key(bus.cron(), bot.name(), null)).orElseThrow();
        Map<String, String> read = BusOperator.checkpoints(row);
        List<String> behind = new ArrayList<>();
        if (!isIdle(row)) {
            behind.add("its last run has not ended, or another one is wanted: row=" + row);
        }
        for (String queue : inputs(bot)) {
            String head = stage.items()
                    .get(new Key(bus.heads(), queue, null))
                    .map(item -> item.textOr("max_eid", ""))
                    .orElse("");
            if (!read.getOrDefault(queue, "").equals(head)) {
                behind.add(queue + " read=" + read.get(queue) + " head=" + head);
            }
        }
        return behind;
    }

    /** By the row alone: the last run ended well, and nobody wants another one. */
    private static boolean isIdle(Item row) {
        boolean isWanted = row.integerOr("trigger", 0) > row.integerOr("token", 0);
        boolean isOver = !(row.struct("instances").get("0") instanceof Attribute.Struct(var last))
                || Attribute.of("complete").equals(last.get("status"));
        return isOver && !isWanted;
    }

    private List<String> inputs(Bot bot) {
        return physical(bot.graphs.get().source().queues());
    }

    /** The queues themselves and the sub-queues of lanes, as far as anything was written to them. */
    private List<String> physical(List<String> logical) {
        return history.written().keySet().stream()
                .filter(queue -> logical.stream().anyMatch(name -> queue.matches(name + "(\\.\\d+)?")))
                .toList();
    }

    /** What must be true at any moment. */
    void look() {
        BusAuditor auditor = new BusAuditor(history.written());
        for (Bot bot : bots) {
            BusAuditor.Made made = made(auditor, bot);
            made.checkCounts();
            made.checkPasses(event -> key(bot, event), operator.passes(bot.name()), false);
        }
    }

    /** What must be true at rest. */
    void audit(List<BusAuditor.Given> given, List<String> parked, Set<String> queues) {
        BusAuditor auditor = new BusAuditor(history.written());
        auditor.ingested(given, parked, queues);
        for (Bot bot : bots) {
            BusAuditor.Made made = made(auditor, bot);
            made.checkCounts();
            made.checkPasses(event -> key(bot, event), operator.passes(bot.name()), true);
            List<String> behind = behind(bot);
            require(behind.isEmpty(), "a bot is behind though all is quiet", bot, behind);
            checkState(bot, made.counts());
        }
        readers.audit();
    }

    private BusAuditor.Made made(BusAuditor auditor, Bot bot) {
        return auditor.new Made(bot.name(), inputs(bot), physical(List.of(bot.output)));
    }

    private static String key(Bot bot, dev.weir.local.audit.QueueLog.Event event) {
        return bot.key.of(new CountingBot.Event(event.id(), event.key()));
    }

    private void checkState(Bot bot, Map<String, Long> counts) {
        Map<String, Long> expected = new TreeMap<>(counts);
        counts.forEach((key, count) -> expected.merge(CountingBot.total(key), count, Long::sum));
        Items items = stage.items();
        Map<String, Long> state = new StateView<>(bot.graphs.get(), bus, items).all();
        require(
                state.equals(expected),
                "the state is not what the results make it",
                bot,
                state + " expected=" + expected);
    }

    private static void require(boolean holds, String what, Bot bot, Object found) {
        if (!holds) {
            throw new AssertionError(what + ": bot=" + bot.name() + " " + found);
        }
    }

    /** Everything that was ever read is read again by a bot. */
    void replay(int bot) {
        operator.setBackToBeginning(bots.get(bot % bots.size()).name());
    }
}
