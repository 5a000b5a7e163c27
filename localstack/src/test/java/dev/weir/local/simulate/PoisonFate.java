package dev.weir.local.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must have become of the events of a key. */
final class PoisonFate {
    static final String THREW = "the bot's code failed";
    static final String BEHIND = "an earlier event of its key is parked";

    private final List<PoisonEvent> took = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final List<String> parked = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /**
     * @param events of the key, in the order in which they must be taken
     * @param apart lines that were parked without a place in that order
     */
    PoisonFate(List<PoisonEvent> events, Set<String> apart) {
        events.stream()
                .filter(event -> !apart.contains(event.line()))
                .filter(event -> event.id().map(ids::add).orElse(true)) // the first of an id
                .forEach(this::take);
    }

    private void take(PoisonEvent event) {
        if (parked.isEmpty() && !event.isPoison()) {
            took.add(event);
            results.add(PoisonBot.result(event, took.size()));
        } else {
            parked.add((parked.isEmpty() ? THREW : BEHIND) + " " + event.line());
        }
    }

    /** Those that took effect. */
    List<PoisonEvent> took() {
        return took;
    }

    /** Their results, in order. */
    List<String> results() {
        return results;
    }

    /** Why each of the others is parked, and its line, in order. */
    List<String> parked() {
        return parked;
    }
}
