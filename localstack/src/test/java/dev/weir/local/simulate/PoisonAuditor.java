package dev.weir.local.simulate;

import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says whether a bot that throws did what it must. Of each key: events before the first poison have a result each, in order; poison and all
 * that follow it are parked, once each, in order and as they were sent; nothing else is parked but lines that are no events, and what filled
 * a gap that was passed and reported. The state is that of the results. Every violation is an {@link AssertionError}.
 */
final class PoisonAuditor {

    private final Map<String, PoisonEvent> sent = new HashMap<>();
    private final Map<String, List<PoisonEvent>> byKey = new TreeMap<>();
    private final Set<String> noEvents;
    private final Lanes lanes;

    /**
     * @param given events, in the order in which they were given to producers
     * @param noEvents lines that were given and are no events
     */
    PoisonAuditor(List<PoisonEvent> given, Set<String> noEvents, Lanes lanes) {
        this.noEvents = noEvents;
        this.lanes = lanes;
        for (PoisonEvent event : given) {
            sent.put(event.line(), event);
            byKey.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event);
        }
        byKey.values()
                .forEach(events -> events.sort(
                        Comparator.comparingLong(each -> each.sequence().orElse(0))));
    }

    /** Audits a bot that is at rest. */
    void audit(
            Map<LaneId, List<String>> results,
            List<PoisonParked> parked,
            List<PoisonGap> gaps,
            Map<String, Long> state) {
        Set<String> apart = apart(parked, gaps);
        Map<String, Long> expectedState = new TreeMap<>();
        byKey.forEach((key, events) -> {
            LaneId lane = lane(key);
            PoisonFate fate = new PoisonFate(events, apart);
            check("the results of a key", key, fate.results(), resultsOf(events, results.get(lane)));
            check("the parked events of a key", key, fate.parked(), parkedOf(key, lane, parked));
            fate.took().forEach(event -> add(expectedState, event));
        });
        requireNoOthers(results);
        if (!state.equals(expectedState)) {
            throw new AssertionError(
                    "the state is not that of the events that took effect: " + difference(expectedState, state));
        }
    }

    /** Results of a lane are those of its keys. */
    private void requireNoOthers(Map<LaneId, List<String>> results) {
        Map<LaneId, Integer> own = new HashMap<>();
        byKey.forEach((key, events) ->
                own.merge(lane(key), resultsOf(events, results.get(lane(key))).size(), Integer::sum));
        results.forEach((lane, lines) -> {
            if (lines.size() != own.getOrDefault(lane, 0)) {
                throw new AssertionError("a lane has results that are not its own: lane=" + lane.text() + " results="
                        + lines.size() + " own=" + own.get(lane));
            }
        });
    }

    private LaneId lane(String key) {
        return new LaneId.Slice(lanes.of(key));
    }

    /** Audits a bot at work: nothing is in the state that no result tells of. */
    void look(Map<LaneId, List<String>> results, Map<String, Long> state) {
        Map<String, Long> given = new HashMap<>();
        byKey.forEach((key, events) -> {
            List<String> found = resultsOf(events, results.get(lane(key)));
            events.stream()
                    .filter(event -> found.stream().anyMatch(line -> line.startsWith(prefix(event))))
                    .forEach(event -> add(given, event));
        });
        state.forEach((key, value) -> {
            long most = given.getOrDefault(key, 0L);
            if (value / PoisonBot.ONE > most / PoisonBot.ONE || value % PoisonBot.ONE > most % PoisonBot.ONE) {
                throw new AssertionError(
                        "a key has more than the results gave it: key=" + key + " value=" + value + " given=" + most);
            }
        });
    }

    private static void add(Map<String, Long> state, PoisonEvent event) {
        state.merge(event.key(), PoisonBot.ONE, Long::sum);
        state.merge(event.to(), event.gift(), Long::sum);
    }

    // ------------------------------------------------------------------ what was found

    private static List<String> resultsOf(List<PoisonEvent> events, List<String> lines) {
        Set<String> prefixes = new HashSet<>();
        events.forEach(event -> prefixes.add(prefix(event)));
        return lines.stream()
                .filter(line -> prefixes.contains(line.substring(0, line.indexOf(',') + 1)))
                .toList();
    }

    private static String prefix(PoisonEvent event) {
        String result = PoisonBot.result(event, 0);
        return result.substring(0, result.indexOf(',') + 1);
    }

    private List<String> parkedOf(String key, LaneId lane, List<PoisonParked> parked) {
        List<String> found = new ArrayList<>();
        for (PoisonParked each : parked) {
            PoisonEvent event = sent.get(each.line());
            if (event == null || each.isLate() || !event.key().equals(key)) {
                continue;
            }
            if (!each.lane().equals(lane) || !each.key().equals(key)) {
                throw new AssertionError("an event was parked where its key does not belong: lane="
                        + each.lane().text() + " key=" + each.key() + " line=" + each.line());
            }
            found.add(why(each.reason()) + " " + each.line());
        }
        return found;
    }

    private static String why(String reason) {
        return Stream.of(PoisonFate.THREW, PoisonFate.BEHIND)
                .filter(reason::startsWith)
                .findFirst()
                .orElse(reason);
    }

    /** Every event of a key came, in the end: so each that a gap of its numbers tells of was parked. */
    private void requireFilled(PoisonGap gap, Set<String> apart) {
        for (PoisonEvent event : byKey.getOrDefault(gap.key(), List.of())) {
            long number = event.sequence().orElse(0);
            if (number >= gap.from() && number <= gap.to() && !apart.contains(event.line())) {
                throw new AssertionError("a gap was passed where nothing was late: number=" + number + " gap=" + gap);
            }
        }
    }

    /** The lines that were parked without a place in the order of their key: each for a reason that holds, once. */
    private Set<String> apart(List<PoisonParked> parked, List<PoisonGap> gaps) {
        Set<String> all = new HashSet<>();
        Set<String> apart = new HashSet<>();
        for (PoisonParked each : parked) {
            if (!all.add(each.line())) {
                throw new AssertionError("an event was parked twice: line=" + each.line());
            }
            boolean isNoEvent = noEvents.contains(each.line());
            if (!isNoEvent && !sent.containsKey(each.line())) {
                throw new AssertionError("what was parked was never sent: line=" + each.line());
            }
            if (each.isLate() && gaps.stream().noneMatch(gap -> gap.holds(each))) {
                throw new AssertionError("an event was parked as late that filled no gap: line=" + each.line());
            }
            if (each.isLate() || isNoEvent) {
                apart.add(each.line());
            }
        }
        gaps.forEach(gap -> requireFilled(gap, apart));
        for (String line : noEvents) {
            if (!apart.contains(line)) {
                throw new AssertionError("a line that is no event was lost: line=" + line);
            }
        }
        return apart;
    }

    // ------------------------------------------------------------------ saying it

    private static void check(String what, String key, List<String> expected, List<String> found) {
        if (!expected.equals(found)) {
            int at = 0;
            while (at < expected.size() && at < found.size() && expected.get(at).equals(found.get(at))) {
                at++;
            }
            throw new AssertionError(what + " are not what they must be: key=" + key + " at=" + at + " of="
                    + expected.size() + " expected=" + (at < expected.size() ? expected.get(at) : "nothing")
                    + " found=" + (at < found.size() ? found.get(at) : "nothing"));
        }
    }

    private static String difference(Map<String, Long> expected, Map<String, Long> found) {
        Set<String> keys = new HashSet<>(expected.keySet());
        keys.addAll(found.keySet());
        return keys.stream()
                .filter(key -> !found.getOrDefault(key, 0L).equals(expected.getOrDefault(key, 0L)))
                .sorted()
                .findFirst()
                .map(key -> "key=" + key + " value=" + found.get(key) + " expected=" + expected.get(key))
                .orElse("a key without a value");
    }
}
