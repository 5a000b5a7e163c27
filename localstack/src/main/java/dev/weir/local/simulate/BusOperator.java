package dev.weir.local.simulate;

import dev.weir.cron.Controls;
import dev.weir.flow.Bus;
import dev.weir.local.audit.BusAuditor;
import dev.weir.local.audit.QueueLog;
import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.Stage;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pauses bots, makes them run, sets their checkpoints back; and remembers which passes over which queues that must give. */
final class BusOperator {
    private static final int LOOK_MILLIS = 1_000;
    private static final long PAUSED_MILLIS_MAX = 90_000;
    private static final String BEGINNING = "z/";

    /** Most things that he does in a run, whatever is in the plan: a run may be hours long. */
    private static final int ACTIONS_MAX = 12;

    /** Most passes of a bot over a queue in a run: each doubles, at worst, the events of the bots behind it. */
    private static final int PASSES_MAX = 4;

    private final Bus bus;
    private final Stage stage;
    private final List<String> bots;
    private final BusHistory history;
    private final Controls controls;
    private final Map<String, Map<String, List<BusAuditor.Pass>>> passes = new HashMap<>();
    private int actions;

    BusOperator(Bus bus, Stage stage, List<String> bots, BusHistory history) {
        this.bus = bus;
        this.stage = stage;
        this.bots = bots;
        this.history = history;
        this.controls = new Controls(bus.cron(), stage.items(), stage.time());
        bots.forEach(bot -> passes.put(bot, new HashMap<>()));
        stage.inBackground(LOOK_MILLIS, this::look);
    }

    /** The passes of a bot by queue; a queue that was never set back is not in it. */
    Map<String, List<BusAuditor.Pass>> passes(String bot) {
        return passes.getOrDefault(bot, Map.of());
    }

    private void look() {
        if (actions < ACTIONS_MAX) {
            act();
        }
        stage.inBackground(LOOK_MILLIS, this::look);
    }

    private void act() {
        if (stage.strike(Fault.BOT_PAUSED)) {
            actions++;
            String bot = bot(Fault.BOT_PAUSED);
            controls.pause(bot);
            stage.after(1 + stage.amount(Fault.BOT_PAUSED, PAUSED_MILLIS_MAX), () -> controls.resume(bot));
        }
        if (stage.strike(Fault.BOT_FORCED)) {
            actions++;
            Controls.Force[] forces = Controls.Force.values();
            controls.run(bot(Fault.BOT_FORCED), forces[(int) stage.amount(Fault.BOT_FORCED, forces.length)]);
        }
        if (stage.strike(Fault.BOT_SET_BACK)) {
            actions++;
            setBack(bot(Fault.BOT_SET_BACK));
        }
    }

    /** At the end no bot is paused. */
    void resumeAll() {
        bots.forEach(controls::resume);
    }

    private String bot(Fault fault) {
        return bots.get((int) stage.amount(fault, bots.size()));
    }

    /** To an event that the bot has read, or to the beginning. */
    private void setBack(String bot) {
        List<Map.Entry<String, String>> read = new ArrayList<>(read(bot).entrySet());
        if (!read.isEmpty()) {
            var queue = read.get((int) stage.amount(Fault.BOT_SET_BACK, read.size()));
            List<String> below =
                    history.written().getOrDefault(queue.getKey(), new QueueLog(queue.getKey())).events().stream()
                            .map(QueueLog.Event::eid)
                            .filter(eid -> eid.compareTo(queue.getValue()) < 0)
                            .toList();
            int at = (int) stage.amount(Fault.BOT_SET_BACK, below.size() + 1);
            setBack(bot, queue.getKey(), queue.getValue(), at == 0 ? BEGINNING : below.get(at - 1));
        }
    }

    /** All that a bot ever read is read again. */
    void setBackToBeginning(String bot) {
        read(bot).forEach((queue, done) -> setBack(bot, queue, done, BEGINNING));
    }

    private void setBack(String bot, String queue, String done, String to) {
        List<BusAuditor.Pass> before = passes(bot).getOrDefault(queue, List.of(new BusAuditor.Pass("", "")));
        if (to.compareTo(done) >= 0 || before.size() >= PASSES_MAX) {
            return;
        }
        List<BusAuditor.Pass> now = new ArrayList<>(before.subList(0, before.size() - 1));
        now.add(new BusAuditor.Pass(before.getLast().after(), done));
        now.add(new BusAuditor.Pass(to, ""));
        passes(bot).put(queue, now);
        controls.checkpoint(bot, QueueName.of(queue), to);
    }

    /** How far a bot has read each queue, as its row says. */
    private Map<String, String> read(String bot) {
        Map<String, String> read = new TreeMap<>();
        stage.items()
                .get(new Key(bus.cron(), bot, null))
                .map(BusOperator::checkpoints)
                .ifPresent(read::putAll);
        return read;
    }

    /** The read checkpoints of a row, by the queue's physical name. */
    static Map<String, String> checkpoints(Item row) {
        Map<String, String> read = new TreeMap<>();
        if (row.struct("checkpoints").get("read") instanceof Attribute.Struct(var queues)) {
            queues.forEach((queue, checkpoint) -> {
                if (checkpoint instanceof Attribute.Struct(var fields)
                        && fields.get("checkpoint") instanceof Attribute.Text(String eid)) {
                    read.put(queue.substring("queue:".length()), eid);
                }
            });
        }
        return read;
    }
}
