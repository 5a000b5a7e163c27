package dev.weir.infra.cost;

import java.util.HashMap;
import java.util.Map;

/**
 * Above what a synthesis fails. Immutable.
 *
 * @param load what the bill is reckoned for
 * @param dollarsPerMillion most dollars of a bot for a million of its events; what it costs when idle is not in it
 * @param bots the same for some bots, by name
 */
public record Budget(Load load, double dollarsPerMillion, Map<String, Double> bots) {
    public Budget {
        bots = Map.copyOf(bots);
    }

    /** One limit for each bot. */
    public static Budget of(double dollarsPerMillion, Load load) {
        return new Budget(load, dollarsPerMillion, Map.of());
    }

    /** Another limit for one bot. */
    public Budget withBot(String bot, double dollars) {
        Map<String, Double> more = new HashMap<>(bots);
        more.put(bot, dollars);
        return new Budget(load, dollarsPerMillion, more);
    }

    /** The limit of a bot. */
    public double dollarsPerMillionMax(String bot) {
        return bots.getOrDefault(bot, dollarsPerMillion);
    }
}
