package dev.weir.infra.lint;

import dev.weir.bot.Bot;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Outside;
import dev.weir.pipeline.Description;
import dev.weir.pipeline.To;
import dev.weir.port.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an event leads to: how much of it is in one commit, and what is outside of the bus. */
final class EffectRules {

    /** A queue takes two items of a commit: the chunk and the head. */
    static final int ITEMS_PER_QUEUE = 2;

    /** Items that every commit has: checkpoint and journal. */
    static final int ITEMS_ALWAYS = 2;

    /** Items that a commit keeps free for what may come besides: held and parked events, ids, gaps, the outbox. */
    static final int ITEMS_RESERVED = 20;

    /** The verb of pipelines that asks somebody outside while an event is taken. */
    private static final String ENRICH = "enrich";

    private EffectRules() {}

    static List<Finding> check(List<Subject> subjects, BusConfig config, Declared declared) {
        List<Finding> findings = new ArrayList<>();
        for (Subject subject : subjects) {
            commit(subject).ifPresent(findings::add);
            if (!declared.idempotent().contains(subject.name())) {
                outside(subject).ifPresent(findings::add);
            }
            if (!declared.alarms()) {
                findings.add(Finding.of(Rule.ALARM_MISSING, subject.name(), "function", "alarms=off"));
            }
        }
        return findings;
    }

    private static Optional<Finding> commit(Subject subject) {
        if (!(subject.bot() instanceof Bot.Reader)) {
            return Optional.empty();
        }
        int queues = subject.own().size() + subject.shared().size();
        int atLeast = queues * ITEMS_PER_QUEUE + ITEMS_ALWAYS;
        int atMost = queues * ITEMS_PER_QUEUE + ITEMS_RESERVED;
        if (atMost <= Items.TRANSACTION_WRITES_MAX) {
            return Optional.empty();
        }
        boolean never = atLeast > Items.TRANSACTION_WRITES_MAX;
        return Optional.of(new Finding(
                Rule.COMMIT_OVER_ITEMS,
                never ? Severity.ERROR : Severity.WARNING,
                subject.name(),
                "writeTo",
                "an event that leads to all queues takes " + atLeast + " to " + atMost + " items: queues=" + queues
                        + " itemsMax=" + Items.TRANSACTION_WRITES_MAX));
    }

    private static Optional<Finding> outside(Subject subject) {
        Optional<String> step = subject.steps().stream()
                .filter(each -> each.verb().equals(ENRICH))
                .map(Description.Step::name)
                .findFirst()
                .or(() -> calls(subject));
        if (step.isEmpty() && subject.graph().filter(Outside::isForNothing).isPresent()) {
            step = Optional.of("forEach");
        }
        return step.map(name -> Finding.of(
                Rule.SINK_NOT_IDEMPOTENT, subject.name(), name, "calls outside of the bus; not declared idempotent"));
    }

    /** The first end that calls a function or a server. */
    private static Optional<String> calls(Subject subject) {
        return subject.bot() instanceof Bot.Reader reader
                ? reader.pipeline().flatMap(pipeline -> pipeline.outsides().stream()
                        .filter(To.Call.class::isInstance)
                        .map(To.Outside::name)
                        .findFirst())
                : Optional.empty();
    }
}
