package dev.weir.infra.lint;

import dev.weir.bot.Bot;
import dev.weir.infra.BotConfig;
import dev.weir.infra.BusConfig;
import dev.weir.infra.lint.Declared.Distribution;
import dev.weir.infra.lint.Declared.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How bots are fed from streams. */
final class StreamRules {

    /** From Friday evening to Monday morning. */
    private static final Duration WEEKEND = Duration.ofDays(3);

    /** Reading at its full rate, a shard gives this much a second to all readers together. Source: Kinesis, quotas. */
    private static final int SHARD_READ_KB_PER_SECOND = 2_000;

    private final BusConfig config;
    private final Declared declared;
    private final List<Finding> findings = new ArrayList<>();

    private StreamRules(BusConfig config, Declared declared) {
        this.config = config;
        this.declared = declared;
    }

    static List<Finding> check(List<Subject> subjects, BusConfig config, Declared declared) {
        StreamRules rules = new StreamRules(config, declared);
        List<Subject> readers = subjects.stream()
                .filter(subject -> subject.stream().isPresent())
                .toList();
        readers.forEach(rules::mapping);
        rules.sharedReads(readers);
        rules.bus();
        rules.names(subjects);
        return rules.findings;
    }

    private void mapping(Subject subject) {
        BotConfig bot = config.bot(subject.name());
        if (bot.parallelization() > 1) {
            add(
                    Rule.ORDER_BEHIND_PARALLELIZATION,
                    subject,
                    orderSensitive(subject),
                    "parallelization=" + bot.parallelization());
        }
        if (bot.givesUp()) {
            String bounds =
                    "retries=" + (bot.retries().isPresent() ? bot.retries().getAsInt() : "unlimited") + " recordAgeMax="
                            + bot.recordAgeMax().map(Duration::toString).orElse("unlimited");
            add(Rule.RETRIES_END, subject, subject.source(), bounds);
            if (declared.failures() == Failures.POSITION_ONLY) {
                add(Rule.FAILURES_WITHOUT_PAYLOAD, subject, subject.source(), bounds + " failures=POSITION_ONLY");
            }
        }
        bot.recordAgeMax()
                .filter(age -> age.compareTo(config.streamRetention()) >= 0)
                .ifPresent(age -> add(
                        Rule.RETENTION_UNDER_RETRIES,
                        subject,
                        subject.source(),
                        "streamRetention=" + config.streamRetention() + " recordAgeMax=" + age));
    }

    /** The first step that needs the order; reading itself does, because positions are kept. */
    private static String orderSensitive(Subject subject) {
        return subject.spans().stream()
                .map(Subject.Span::step)
                .filter(step -> !step.equals("dedupeBy"))
                .findFirst()
                .or(() -> subject.steps().stream()
                        .filter(step -> step.state().isPresent())
                        .map(step -> step.name())
                        .findFirst())
                .orElse(subject.source());
    }

    private void sharedReads(List<Subject> readers) {
        Map<String, List<String>> byStream = new LinkedHashMap<>();
        readers.forEach(reader -> byStream.computeIfAbsent(reader.stream().orElse(""), _ -> new ArrayList<>())
                .add(reader.name()));
        byStream.forEach((stream, bots) -> {
            if (bots.size() > 1) {
                findings.add(Finding.ofBus(
                        Rule.SHARED_READS,
                        "readFrom stream " + stream,
                        "stream=" + stream + " bots=" + bots + " kilobytesPerSecondEach="
                                + SHARD_READ_KB_PER_SECOND / bots.size()));
            }
        });
    }

    private void bus() {
        if (declared.distribution() == Distribution.AUTO) {
            findings.add(Finding.ofBus(Rule.DISTRIBUTION_AUTO, "stream", "distribution=AUTO"));
        }
        if (config.streamRetention().compareTo(WEEKEND) < 0) {
            findings.add(Finding.ofBus(Rule.RETENTION_SHORT, "stream", "streamRetention=" + config.streamRetention()));
        }
        if (config.streams() instanceof BusConfig.Streams.Provisioned(int shards) && config.lanes() < shards) {
            findings.add(Finding.ofBus(
                    Rule.IDLE_SHARDS,
                    "stream",
                    "lanes=" + config.lanes() + " shards=" + shards + " idle=" + (shards - config.lanes())));
        }
    }

    private void names(List<Subject> subjects) {
        List<String> names = subjects.stream().map(Subject::name).toList();
        config.bots().keySet().stream()
                .filter(name -> !names.contains(name) && !TimeRules.FIXED.contains(name))
                .forEach(name -> findings.add(
                        Finding.of(Rule.CONFIG_UNUSED, name, "config", "no bot has this name: bots=" + names)));
    }

    private void add(Rule rule, Subject subject, String step, String what) {
        findings.add(Finding.of(rule, subject.name(), step, what));
    }

    /** Whether a bot is run by the clock: whatever reads, because producers leave gaps. */
    static boolean isReader(Subject subject) {
        return subject.bot() instanceof Bot.Reader;
    }
}
