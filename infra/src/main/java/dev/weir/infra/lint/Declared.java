package dev.weir.infra.lint;

import dev.weir.infra.cost.Budget;
import dev.weir.infra.cost.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What no graph tells: what its author knows of his bots, what was chosen outside of {@link dev.weir.infra.BusConfig}, and which findings are
 * wanted. Immutable; thread-safe.
 *
 * @param eventTimes how long a bot's code takes for one event at most, by bot
 * @param idempotent bots whose receivers outside of the bus know the key that comes with each event
 * @param samples events as a bot gets them, by bot
 * @param alarms whether bots have alarms
 * @param tick whether bots are run by the clock each minute
 * @param failures what a batch leaves behind that the mapping gives up
 * @param distribution how streams choose the shard of a record
 * @param budget the limit of the bill, and what it is reckoned for
 */
public record Declared(
        Map<String, Duration> eventTimes,
        Set<String> idempotent,
        Map<String, Sample> samples,
        boolean alarms,
        boolean tick,
        Failures failures,
        Distribution distribution,
        Optional<Budget> budget,
        List<Silence> silences) {

    /** What a batch leaves behind. */
    public enum Failures {
        /** Its records, in the bucket. */
        WITH_PAYLOAD,
        /** Where it was. */
        POSITION_ONLY
    }

    /** How a stream chooses the shard of a record. */
    public enum Distribution {
        PARTITION_KEY,
        AUTO
    }

    /** Nothing is known of the bots; alarms, tick and failure destination are there; nothing is silenced and there is no limit. */
    public static final Declared DEFAULT = new Declared(
            Map.of(),
            Set.of(),
            Map.of(),
            true,
            true,
            Failures.WITH_PAYLOAD,
            Distribution.PARTITION_KEY,
            Optional.empty(),
            List.of());

    public Declared {
        eventTimes = Map.copyOf(eventTimes);
        idempotent = Set.copyOf(idempotent);
        samples = Map.copyOf(samples);
        silences = List.copyOf(silences);
    }

    /** The bot's code takes so long for one event at most. */
    public Declared withEventTime(String bot, Duration time) {
        Map<String, Duration> more = new HashMap<>(eventTimes);
        more.put(bot, time);
        return new Declared(more, idempotent, samples, alarms, tick, failures, distribution, budget, silences);
    }

    /** What the bot does outside takes effect once, because the receiver knows the event's key. */
    public Declared withIdempotent(String bot) {
        Set<String> more = new HashSet<>(idempotent);
        more.add(bot);
        return new Declared(eventTimes, more, samples, alarms, tick, failures, distribution, budget, silences);
    }

    /** The bot gets such events. */
    public Declared withSample(String bot, Sample sample) {
        Map<String, Sample> more = new HashMap<>(samples);
        more.put(bot, sample);
        return new Declared(eventTimes, idempotent, more, alarms, tick, failures, distribution, budget, silences);
    }

    public Declared withAlarms(boolean on) {
        return new Declared(eventTimes, idempotent, samples, on, tick, failures, distribution, budget, silences);
    }

    public Declared withTick(boolean on) {
        return new Declared(eventTimes, idempotent, samples, alarms, on, failures, distribution, budget, silences);
    }

    public Declared withFailures(Failures left) {
        return new Declared(eventTimes, idempotent, samples, alarms, tick, left, distribution, budget, silences);
    }

    public Declared withDistribution(Distribution chosen) {
        return new Declared(eventTimes, idempotent, samples, alarms, tick, failures, chosen, budget, silences);
    }

    /** The synthesis fails if the bill would be higher. */
    public Declared withBudget(Budget limit) {
        return new Declared(
                eventTimes, idempotent, samples, alarms, tick, failures, distribution, Optional.of(limit), silences);
    }

    /** One finding less. */
    public Declared silencing(String rule, String bot, String reason) {
        List<Silence> more = new ArrayList<>(silences);
        more.add(new Silence(rule, bot, reason));
        return new Declared(eventTimes, idempotent, samples, alarms, tick, failures, distribution, budget, more);
    }
}
