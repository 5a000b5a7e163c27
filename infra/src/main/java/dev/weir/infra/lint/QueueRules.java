package dev.weir.infra.lint;

import dev.weir.infra.BusConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who writes and who reads each queue. */
final class QueueRules {
    private final List<Subject> subjects;
    private final List<String> names;
    private final BusConfig config;
    private final Map<String, List<Subject>> writers = new LinkedHashMap<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private QueueRules(List<Subject> subjects, BusConfig config) {
        this.subjects = subjects;
        this.names = subjects.stream().map(Subject::name).toList();
        this.config = config;
        for (Subject subject : subjects) {
            subject.writes().forEach(queue -> writers.computeIfAbsent(queue, _ -> new ArrayList<>())
                    .add(subject));
            read.addAll(subject.reads());
        }
    }

    static List<Finding> check(List<Subject> subjects, BusConfig config) {
        QueueRules rules = new QueueRules(subjects, config);
        rules.writers.forEach(rules::written);
        subjects.forEach(rules::unwritten);
        rules.cycles();
        return rules.findings;
    }

    private void written(String queue, List<Subject> by) {
        List<String> bots = by.stream().map(Subject::name).toList();
        Subject first = by.getFirst();
        if (!read.contains(queue)) {
            add(Rule.QUEUE_UNREAD, first, first.sink(queue), "queue=" + queue);
        }
        if (by.size() > 1 && by.stream().anyMatch(bot -> bot.own().contains(queue))) {
            add(Rule.QUEUE_OWNED_TWICE, first, first.sink(queue), "queue=" + queue + " bots=" + bots);
        } else if (config.lanes() > 1) {
            contended(queue, by.stream().filter(this::isOnLanes).toList());
        }
    }

    /** A source is pulled by one run at a time, so it has one lane. */
    private boolean isOnLanes(Subject subject) {
        return StreamRules.isReader(subject);
    }

    private void contended(String queue, List<Subject> by) {
        List<String> bots = by.stream()
                .filter(bot -> bot.shared().contains(queue))
                .map(Subject::name)
                .toList();
        if (!bots.isEmpty()) {
            Rule rule = bots.size() > 1 ? Rule.CONTENDED_BY_BOTS : Rule.CONTENDED_QUEUE;
            Subject first = by.getFirst();
            add(rule, first, first.sink(queue), "queue=" + queue + " bots=" + bots + " lanes=" + config.lanes());
        }
    }

    private void unwritten(Subject subject) {
        for (String queue : subject.reads()) {
            if (!writers.containsKey(queue) && !Subject.isSideQueueOf(queue, names)) {
                add(Rule.QUEUE_UNWRITTEN, subject, subject.source(), "queue=" + queue);
            }
        }
    }

    /** Each circle is told once, at the bot whose name sorts first. */
    private void cycles() {
        Set<Set<String>> told = new LinkedHashSet<>();
        for (Subject subject : subjects) {
            Set<String> circle = new TreeSet<>(after(subject));
            circle.retainAll(before(subject));
            if (circle.contains(subject.name()) && told.add(circle)) {
                add(Rule.CYCLE, named(circle.iterator().next()), "graph", "bots=" + circle);
            }
        }
    }

    private Set<String> after(Subject from) {
        return reachable(from, (one, other) -> one.writes().stream().anyMatch(other.reads()::contains));
    }

    private Set<String> before(Subject from) {
        return reachable(from, (one, other) -> other.writes().stream().anyMatch(one.reads()::contains));
    }

    private interface Leads {
        boolean to(Subject one, Subject other);
    }

    private Set<String> reachable(Subject from, Leads leads) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<Subject> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Subject one = open.removeFirst();
            subjects.stream()
                    .filter(other -> leads.to(one, other) && reached.add(other.name()))
                    .forEach(open::addLast);
        }
        return reached;
    }

    private Subject named(String name) {
        return subjects.stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void add(Rule rule, Subject subject, String step, String what) {
        findings.add(Finding.of(rule, subject.name(), step, what));
    }
}
