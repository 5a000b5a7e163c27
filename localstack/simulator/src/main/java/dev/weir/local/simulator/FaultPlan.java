package dev.weir.local.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which faults strike, and when. As text a list with commas: {@code put-partial=0.03} strikes with this probability at each opportunity,
 * {@code put-partial@17} at the seventeenth opportunity of a run, counted from 0. A plan of the second kind is what a run leaves behind:
 * it strikes the same way again. Immutable.
 *
 * @param probabilities 0 to 1, by fault
 * @param strikes opportunities at which a fault strikes whatever its probability
 */
public record FaultPlan(Map<Fault, Double> probabilities, Map<Fault, Set<Integer>> strikes) {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(Map.of(), Map.of());

    /** Every fault there is. */
    public static final FaultPlan EVERYTHING = of(EnumSet.allOf(Fault.class));

    /** Processes die, stand still, run out of time; nothing else. */
    public static final FaultPlan CRASHES = of(EnumSet.of(
            Fault.KILLED_BEFORE,
            Fault.KILLED_AFTER,
            Fault.FROZEN,
            Fault.SHORT_OF_TIME,
            Fault.COLD_START,
            Fault.SNAPSHOT,
            Fault.ANSWER_LOST));

    private static final int OPPORTUNITY_MAX = 100_000_000;

    private static final Map<String, FaultPlan> NAMED = Map.of(
            "none",
            NONE,
            "everything",
            EVERYTHING,
            "crashes",
            CRASHES,
            "network",
            of(EnumSet.range(Fault.PUT_THROTTLED, Fault.SLOW_CALL)),
            "delivery",
            of(EnumSet.range(Fault.NOT_INVOKED, Fault.TICK_TWICE)),
            "producers",
            of(EnumSet.range(Fault.PRODUCER_CRASH, Fault.BAD_LINE)),
            "bots",
            of(EnumSet.range(Fault.START_REFUSED, Fault.BOT_SET_BACK)));

    public FaultPlan {
        probabilities = Map.copyOf(probabilities);
        strikes = strikes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** Strikes where an earlier run was struck, and nowhere else. */
    public static FaultPlan of(List<Strike> strikes) {
        Map<Fault, Set<Integer>> byFault = new EnumMap<>(Fault.class);
        strikes.forEach(strike ->
                byFault.computeIfAbsent(strike.fault(), _ -> new TreeSet<>()).add(strike.opportunity()));
        return new FaultPlan(Map.of(), byFault);
    }

    /** The given faults with the probabilities that they have when everything is on. */
    public static FaultPlan of(Set<Fault> faults) {
        return new FaultPlan(faults.stream().collect(Collectors.toMap(fault -> fault, Fault::probability)), Map.of());
    }

    /** The names that {@link #parse} knows, sorted. */
    public static List<String> names() {
        return NAMED.keySet().stream().sorted().toList();
    }

    /**
     * Reads a name of {@link #names}, or what {@link #text} wrote.
     *
     * @throws IllegalArgumentException naming the part that is not understood
     */
    public static FaultPlan parse(String text) {
        FaultPlan named = NAMED.get(text);
        if (named != null) {
            return named;
        }
        Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
        Map<Fault, Set<Integer>> strikes = new EnumMap<>(Fault.class);
        for (String part : text.split(",")) {
            int at = Math.max(part.indexOf('='), part.indexOf('@'));
            Fault fault = Fault.parse(at < 0 ? part : part.substring(0, at)).orElseThrow(() -> unknown(part));
            if (at < 0) {
                probabilities.put(fault, fault.probability());
            } else if (part.charAt(at) == '=') {
                probabilities.put(fault, probability(part, part.substring(at + 1)));
            } else {
                strikes.computeIfAbsent(fault, _ -> new TreeSet<>()).add(opportunity(part, part.substring(at + 1)));
            }
        }
        return new FaultPlan(probabilities, strikes);
    }

    private static double probability(String part, String number) {
        try {
            double value = Double.parseDouble(number);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("a probability is a number from 0 to 1: " + part);
    }

    private static int opportunity(String part, String number) {
        try {
            int value = Integer.parseInt(number);
            if (value >= 0 && value <= OPPORTUNITY_MAX) {
                return value;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("an opportunity is a whole number from 0: " + part);
    }

    private static IllegalArgumentException unknown(String part) {
        return new IllegalArgumentException("not a fault: " + part + "; a plan is one of " + String.join(", ", names())
                + ", or a list like put-partial=0.03,killed-after@17 of: "
                + Stream.of(Fault.values()).map(Fault::text).collect(Collectors.joining(" ")));
    }

    double probability(Fault fault) {
        return probabilities.getOrDefault(fault, 0.0);
    }

    Set<Integer> strikes(Fault fault) {
        return strikes.getOrDefault(fault, Set.of());
    }

    /** What {@link #parse} reads: a name if the plan has one. */
    public String text() {
        return NAMED.entrySet().stream()
                .filter(named -> named.getValue().equals(this))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(this::list);
    }

    private String list() {
        List<String> parts = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (probabilities.containsKey(fault)) {
                parts.add(String.format(Locale.ROOT, "%s=%s", fault.text(), probabilities.get(fault)));
            }
            strikes(fault).stream().sorted().forEach(n -> parts.add(fault.text() + "@" + n));
        }
        return String.join(",", parts);
    }
}
