package dev.weir.infra.lint;

import dev.weir.bot.Bot;
import dev.weir.infra.BusConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for what is wrong with a bus before it is deployed. Pure and thread-safe; needs no network and no AWS account.
 *
 * <pre>{@code
 * List<Finding> findings = Lint.check(BotProvider.found(), config);
 * findings.forEach(finding -> err.println(finding.text()));
 * Lint.refuseErrors(findings);
 * }</pre>
 */
public final class Lint {
    private Lint() {}

    /**
     * What is wrong, errors first.
     *
     * @param bots all of the bus, with their helpers: {@link Bot#all}
     */
    public static List<Finding> check(List<Bot> bots, BusConfig config) {
        return check(bots, config, Declared.DEFAULT);
    }

    /** The same, knowing what no graph tells; what is silenced is left out. */
    public static List<Finding> check(List<Bot> bots, BusConfig config, Declared declared) {
        List<Subject> subjects = bots.stream().map(Subject::of).toList();
        List<Finding> found = Stream.of(
                        StreamRules.check(subjects, config, declared),
                        TimeRules.check(subjects, config, declared),
                        EffectRules.check(subjects, config, declared),
                        QueueRules.check(subjects, config),
                        KeyRules.check(subjects, config, declared),
                        BudgetRule.check(bots, config, declared))
                .flatMap(List::stream)
                .toList();
        List<Finding> left = new ArrayList<>(found.stream()
                .filter(finding -> declared.silences().stream().noneMatch(silence -> silence.covers(finding)))
                .toList());
        left.addAll(unused(declared.silences(), found));
        left.sort((one, other) -> one.severity().compareTo(other.severity()));
        return List.copyOf(left);
    }

    /**
     * Ends a synthesis that has errors.
     *
     * @throws IllegalStateException with the text of each error
     */
    public static void refuseErrors(List<Finding> findings) {
        List<Finding> errors = findings.stream().filter(Finding::isError).toList();
        if (!errors.isEmpty()) {
            throw new IllegalStateException("the bus is not deployed, because of " + errors.size()
                    + " error(s); mend them, or silence them with a reason:" + System.lineSeparator()
                    + errors.stream().map(Finding::text).collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private static List<Finding> unused(List<Silence> silences, List<Finding> found) {
        Set<String> rules = Arrays.stream(Rule.values()).map(Rule::id).collect(Collectors.toSet());
        return silences.stream()
                .filter(silence -> found.stream().noneMatch(silence::covers))
                .map(silence -> Finding.of(
                        Rule.SILENCE_UNUSED,
                        silence.bot(),
                        "silence",
                        (rules.contains(silence.rule()) ? "nothing is silenced by it: " : "there is no such rule: ")
                                + silence.text()))
                .toList();
    }
}
