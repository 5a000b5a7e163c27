package dev.weir.infra.lint;

import dev.weir.bot.Bot;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Estimate;
import dev.weir.infra.cost.Estimator;
import dev.weir.infra.cost.Prices;
import java.util.List;
import java.util.Locale;

/** The limit of the bill. */
final class BudgetRule {
    private BudgetRule() {}

    static List<Finding> check(List<Bot> bots, BusConfig config, Declared declared) {
        return declared.budget().stream()
                .flatMap(budget -> {
                    Estimate estimate =
                            new Estimator(Prices.bundled(), config, declared.samples()).estimate(bots, budget.load());
                    return estimate.bots().stream()
                            .filter(bot -> bot.dollarsPerMillion() > budget.dollarsPerMillionMax(bot.bot()))
                            .map(bot -> Finding.of(
                                    Rule.OVER_BUDGET,
                                    bot.bot(),
                                    "cost",
                                    String.format(
                                            Locale.ROOT,
                                            "dollarsPerMillionEvents=%.3f maxCostPerMillion=%.3f: %s",
                                            bot.dollarsPerMillion(),
                                            budget.dollarsPerMillionMax(bot.bot()),
                                            bot.whereItGoes())));
                })
                .toList();
    }
}
