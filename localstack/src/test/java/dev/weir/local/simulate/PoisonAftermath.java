package dev.weir.local.simulate;

import dev.weir.flow.ParkedEvent;
import dev.weir.model.LaneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says whether everything that was parked and not dropped has taken effect, once, and in the order of its key; and whether everything was
 * told. Every violation is an {@link AssertionError}.
 */
final class PoisonAftermath {
    private static final Pattern RESULT = Pattern.compile("\\{\"n\":(\\d+),\"count\":(\\d+)}");
    private static final Pattern NOTE = Pattern.compile("\\{\"id\":\"([^\"]+)\".*");

    private final PoisonOperator.Before before;
    private final Map<Integer, PoisonEvent> events = new HashMap<>();

    /** What takes its place in the order of each key. */
    private final Map<String, List<Integer>> inOrder = new TreeMap<>();

    /** What takes effect somewhere between the others of its key: by its id, of several with one id one. */
    private final Map<String, List<PoisonEvent>> anywhere = new TreeMap<>();

    /** Ids of events with a place. Who comes with one of them is a copy. */
    private final Set<String> claimed = new HashSet<>();

    /**
     * @param later events that came meanwhile, in order
     * @param known every event there was, by its line
     * @param corrected what parked lines became
     */
    PoisonAftermath(
            PoisonOperator.Before before,
            List<PoisonEvent> later,
            Map<String, PoisonEvent> known,
            Map<String, PoisonEvent> corrected) {
        this.before = before;
        known.values().forEach(event -> events.put(event.n(), event));
        for (List<String> lines : before.results().values()) {
            lines.forEach(line -> place(events.get(number(line)), true));
        }
        for (ParkedEvent parked : before.parked()) {
            String line = String.valueOf(parked.payload());
            PoisonEvent event = corrected.getOrDefault(line, known.get(line));
            boolean stays = !before.dropped().contains(parked.id().text());
            if (parked.blocks()) {
                place(event, stays);
            } else if (stays) {
                anywhere.computeIfAbsent(name(event), _ -> new ArrayList<>()).add(event);
            }
        }
        later.forEach(event -> place(event, true));
    }

    private void place(PoisonEvent event, boolean takesEffect) {
        claimed.add(name(event));
        if (takesEffect) {
            inOrder.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event.n());
        }
    }

    /** What makes two events of a key the same. */
    private static String name(PoisonEvent event) {
        return event.key() + " " + event.id().orElse("without id " + event.n());
    }

    private static int number(String result) {
        return Integer.parseInt(read(result).group(1));
    }

    private static Matcher read(String result) {
        Matcher matcher = RESULT.matcher(result);
        if (!matcher.matches()) {
            throw new AssertionError("a result cannot be read: result=" + result);
        }
        return matcher;
    }

    void audit(
            Map<LaneId, List<String>> results,
            List<PoisonParked> parked,
            List<String> toldParked,
            List<String> toldDropped,
            Map<String, Long> state) {
        if (!parked.isEmpty()) {
            throw new AssertionError("an event is still parked: " + parked.getFirst());
        }
        Map<String, List<Integer>> took = byKey(results);
        Set<String> keys = new HashSet<>(inOrder.keySet());
        keys.addAll(took.keySet());
        keys.forEach(key -> auditOrder(key, took.getOrDefault(key, List.of())));
        Set<Integer> all = new HashSet<>();
        took.values().forEach(all::addAll);
        anywhere.forEach((name, copies) -> auditOnce(name, copies, all));
        auditState(all, state);
        auditTold(toldParked, toldDropped);
    }

    /** Results by key, in order; each key counts its own. */
    private Map<String, List<Integer>> byKey(Map<LaneId, List<String>> results) {
        Map<String, List<Integer>> took = new TreeMap<>();
        results.values()
                .forEach(lines -> lines.forEach(line -> {
                    PoisonEvent event = Optional.ofNullable(events.get(number(line)))
                            .orElseThrow(() -> new AssertionError("a result of no event: result=" + line));
                    List<Integer> own = took.computeIfAbsent(event.key(), _ -> new ArrayList<>());
                    own.add(event.n());
                    if (Integer.parseInt(read(line).group(2)) != own.size()) {
                        throw new AssertionError("a key did not count on: key=" + event.key() + " result=" + line
                                + " expected=" + own.size());
                    }
                }));
        return took;
    }

    private void auditOrder(String key, List<Integer> took) {
        Set<Integer> apart = new HashSet<>();
        anywhere.values().forEach(copies -> copies.forEach(event -> apart.add(event.n())));
        List<Integer> placed = took.stream().filter(n -> !apart.contains(n)).toList();
        List<Integer> expected = inOrder.getOrDefault(key, List.of());
        if (!placed.equals(expected)) {
            throw new AssertionError("events of a key did not take effect once each and in order: key=" + key
                    + " expected=" + expected + " found=" + placed);
        }
    }

    private void auditOnce(String name, List<PoisonEvent> copies, Set<Integer> took) {
        long found = copies.stream().filter(event -> took.contains(event.n())).count();
        if (found != (claimed.contains(name) ? 0 : 1)) {
            throw new AssertionError("what was parked apart did not take effect as often as it must: name=" + name
                    + " copies=" + copies + " found=" + found);
        }
    }

    private void auditState(Set<Integer> took, Map<String, Long> state) {
        Map<String, Long> expected = new TreeMap<>();
        took.stream().map(events::get).forEach(event -> {
            expected.merge(event.key(), PoisonBot.ONE, Long::sum);
            expected.merge(event.to(), event.gift(), Long::sum);
        });
        if (!expected.equals(state)) {
            throw new AssertionError(
                    "the state is not that of the events that took effect: expected=" + expected + " found=" + state);
        }
    }

    private void auditTold(List<String> toldParked, List<String> toldDropped) {
        List<String> dropped =
                toldDropped.stream().map(PoisonAftermath::id).sorted().toList();
        if (!dropped.equals(before.dropped().stream().sorted().toList())) {
            throw new AssertionError("not what was dropped was told: dropped=" + before.dropped() + " told=" + dropped);
        }
        List<String> first = toldParked.stream()
                .filter(note -> !note.contains("\"tries\":"))
                .map(PoisonAftermath::id)
                .toList();
        if (new HashSet<>(first).size() != first.size()) {
            throw new AssertionError("a parked event was told twice: told=" + first);
        }
        for (ParkedEvent parked : before.parked()) {
            if (!first.contains(parked.id().text())) {
                throw new AssertionError("a parked event was not told: " + parked);
            }
        }
    }

    private static String id(String note) {
        Matcher matcher = NOTE.matcher(note);
        if (!matcher.matches()) {
            throw new AssertionError("what was told cannot be read: note=" + note);
        }
        return matcher.group(1);
    }
}
