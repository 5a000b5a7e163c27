package dev.weir.infra.lint;

import dev.weir.bot.Bot;
import dev.weir.bot.QueueRun;
import dev.weir.infra.BotConfig;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What takes time, and for how long things are kept. */
final class TimeRules {

    /** The functions that every bus has, by the names under which they are configured. */
    static final Set<String> FIXED = Set.of("ingest", "ingest-tick", "heads", "cron", "cron-tick", "archive");

    /** A function on a stream or queues leaves so much of its time for its answer. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** The archiver leaves so much for its last object. */
    private static final Duration ARCHIVE_ANSWER = Duration.ofSeconds(20);

    /** The tick of schedules looks for so long, and leaves five seconds for its last look. */
    private static final Duration CRON_TICK = Duration.ofSeconds(55);

    /** A run of a bot on queues begins no page after this part of its time. */
    private static final double PAGES_UNTIL = 0.8;

    private final BusConfig config;
    private final Declared declared;
    private final List<Finding> findings = new ArrayList<>();

    private TimeRules(BusConfig config, Declared declared) {
        this.config = config;
        this.declared = declared;
    }

    static List<Finding> check(List<Subject> subjects, BusConfig config, Declared declared) {
        TimeRules rules = new TimeRules(config, declared);
        rules.fixed();
        subjects.stream().filter(StreamRules::isReader).forEach(rules::reader);
        return rules.findings;
    }

    private void reader(Subject subject) {
        Duration timeout = config.bot(subject.name()).timeout();
        if (timeout.compareTo(ANSWER) <= 0) {
            add(Rule.TIMEOUT_BELOW_RESERVE, subject.name(), subject.source(), timeout, ANSWER);
        } else {
            batch(subject, timeout);
        }
        Duration kept = subject.stream().isPresent() ? config.streamRetention() : config.queueRetention();
        for (Subject.Span span : subject.spans()) {
            if (span.length().compareTo(kept) > 0) {
                findings.add(Finding.of(
                        Rule.SPAN_OVER_RETENTION,
                        subject.name(),
                        span.step(),
                        "span=" + span.length() + " retention=" + kept));
            }
        }
        if (!declared.tick() && subject.bot() instanceof Bot.Reader reader && waits(reader)) {
            findings.add(Finding.of(
                    Rule.TICK_MISSING,
                    subject.name(),
                    subject.source(),
                    "timed=" + reader.graph().isTimed()));
        }
    }

    /** On a stream each producer may leave a gap; on queues only windows and numbered events wait. */
    private static boolean waits(Bot.Reader reader) {
        return reader.graph().isTimed()
                || reader.graph().sequences().isPresent()
                || reader.graph().source().queues().isEmpty();
    }

    /** The largest batch, or page of queues, against the time that there is for it. */
    private void batch(Subject subject, Duration timeout) {
        Optional<Duration> known = Optional.ofNullable(declared.eventTimes().get(subject.name()));
        BotConfig bot = config.bot(subject.name());
        long events = subject.stream().isPresent() ? Pace.eventsMax(bot.batchSize()) : QueueRun.PAGE_ENTRIES_MAX;
        double millis =
                known.map(time -> time.toNanos() / 1e6).orElseGet(() -> Pace.DEFAULT.eventMillis(bot.memoryMb()));
        double millisMax = subject.stream().isPresent()
                ? timeout.minus(ANSWER).toMillis()
                : timeout.toMillis() * (1 - PAGES_UNTIL) - ANSWER.toMillis();
        if (events * millis > millisMax) {
            findings.add(new Finding(
                    Rule.BATCH_OVER_TIMEOUT,
                    known.isPresent() ? Severity.ERROR : Severity.WARNING,
                    subject.name(),
                    subject.source(),
                    "events=" + events + " millisEach=" + millis + " (" + (known.isPresent() ? "declared" : "default")
                            + ") timeout=" + timeout + " leaves=" + Math.max(0, Math.round(millisMax)) + "ms"));
        }
    }

    private void fixed() {
        reserve("archive", ARCHIVE_ANSWER);
        reserve("cron-tick", CRON_TICK);
    }

    private void reserve(String function, Duration reserve) {
        Duration timeout = config.bot(function).timeout();
        if (timeout.compareTo(reserve) <= 0) {
            add(Rule.TIMEOUT_BELOW_RESERVE, function, "function", timeout, reserve);
        }
    }

    private void add(Rule rule, String bot, String step, Duration timeout, Duration reserve) {
        findings.add(Finding.of(rule, bot, step, "timeout=" + timeout + " reserve=" + reserve));
    }
}
