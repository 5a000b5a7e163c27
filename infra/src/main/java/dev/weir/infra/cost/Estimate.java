package dev.weir.infra.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a bus will cost. Immutable.
 *
 * @param owners bots, functions of the bus, and streams, each with what a million of its events costs
 * @param idle what is paid each month though nothing happens
 * @param notes what is not in it, and why
 */
public record Estimate(
        Prices prices, Load load, int lanes, int shards, List<Owner> owners, List<Idle> idle, List<String> notes) {

    private static final double SECONDS_PER_MONTH = Prices.MONTH_HOURS * 3_600.0;

    public Estimate {
        owners = List.copyOf(owners);
        idle = List.copyOf(idle);
        notes = List.copyOf(notes);
    }

    /**
     * One thing that AWS bills.
     *
     * @param resource for example {@code dynamodb commits}
     * @param perMillion how many units for a million events
     * @param unit for example {@code write units}
     * @param dollarsPerMillion for a million events
     */
    public record Part(String resource, double perMillion, String unit, double dollarsPerMillion) {}

    /**
     * A bot, a function of the bus, or a stream with those who put into it.
     *
     * @param bot its name
     * @param eventsPerSecond how many events it gets
     * @param units what was counted
     */
    public record Owner(String bot, double eventsPerSecond, Units units, List<Part> parts) {
        public Owner {
            parts = List.copyOf(parts);
        }

        /** Dollars for a million of its events. */
        public double dollarsPerMillion() {
            return parts.stream().mapToDouble(Part::dollarsPerMillion).sum();
        }

        /** Dollars of a month at this rate, without what is paid when idle. */
        public double dollarsPerMonth() {
            return dollarsPerMillion() * eventsPerSecond * SECONDS_PER_MONTH / 1e6;
        }

        /** The parts with their share, the dearest first, and what makes them less. */
        public String whereItGoes() {
            double all = Math.max(dollarsPerMillion(), 1e-12);
            StringBuilder text = new StringBuilder();
            parts.stream()
                    .sorted(Comparator.comparingDouble(Part::dollarsPerMillion).reversed())
                    .forEach(part -> text.append(text.isEmpty() ? "" : ", ")
                            .append(String.format(
                                    Locale.ROOT,
                                    "%s %.0f%% ($%.3f)",
                                    part.resource,
                                    100 * part.dollarsPerMillion / all,
                                    part.dollarsPerMillion)));
            double perCommit = (double) units.events() / Math.max(1, units.transactions());
            return String.format(
                    Locale.ROOT,
                    "%s; a commit holds %.0f events: larger batches, by a batching window or fewer lanes, make it cheaper",
                    text,
                    perCommit);
        }
    }

    /**
     * What is paid each month though nothing happens.
     *
     * @param owner a bot, a function of the bus, or a stream
     */
    public record Idle(String owner, String resource, double dollarsPerMonth) {}

    /** The bots, with those of the bus. */
    public List<Owner> bots() {
        return owners.stream().filter(owner -> owner.units().transactions() > 0).toList();
    }

    /** Dollars of a month without events. */
    public double idleDollarsPerMonth() {
        return idle.stream().mapToDouble(Idle::dollarsPerMonth).sum();
    }

    /** Dollars of a month at this rate, idle costs included. */
    public double dollarsPerMonth() {
        return idleDollarsPerMonth()
                + owners.stream().mapToDouble(Owner::dollarsPerMonth).sum();
    }
}
