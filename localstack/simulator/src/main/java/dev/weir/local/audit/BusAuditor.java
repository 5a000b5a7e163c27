package dev.weir.local.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must be true of queues and of the bots that read them, found out from what was given to producers, what was written, and what
 * operators asked for, without the code that did it. Not thread-safe.
 */
public final class BusAuditor {

    /**
     * An event that was given to a producer.
     *
     * @param writer who gave it, in his order
     * @param queue where it belongs
     * @param id of the event, which no other has
     * @param line the whole line
     */
    public record Given(String writer, String queue, String id, String line) {}

    /**
     * One pass of a bot over a queue.
     *
     * @param after it takes what is above this id
     * @param done up to this id it was done when the next one was asked for; that next one may have begun any time later
     */
    public record Pass(String after, String done) {}

    private final Map<String, QueueLog> logs;

    /** @param logs what was written to each queue, by its physical name */
    public BusAuditor(Map<String, QueueLog> logs) {
        this.logs = logs;
    }

    private QueueLog log(String queue) {
        return logs.getOrDefault(queue, new QueueLog(queue));
    }

    /** Each event that was given is in its queue or parked, once; in a queue those of a writer are in his order. */
    public void ingested(List<Given> given, List<String> parked, Set<String> queues) {
        Map<String, Integer> places = new HashMap<>();
        given.forEach(event -> places.put(event.id, places.size()));
        int[] times = new int[given.size()];
        for (String queue : queues) {
            Map<String, Integer> lasts = new HashMap<>();
            for (QueueLog.Event event : log(queue).events()) {
                Integer place = places.get(event.id());
                if (place == null || !given.get(place).queue.equals(queue)) {
                    throw new AssertionError(
                            "an event was not put into this queue: queue=" + queue + " event=" + event);
                }
                times[place]++;
                Integer before = lasts.put(given.get(place).writer, place);
                if (before != null && before >= place) {
                    throw new AssertionError(
                            "a writer's events are not in his order: queue=" + queue + " event=" + event);
                }
            }
        }
        Map<String, Integer> byLine = new HashMap<>();
        parked.forEach(line -> byLine.merge(line, 1, Integer::sum));
        for (int i = 0; i < times.length; i++) {
            int all = times[i] + byLine.getOrDefault(given.get(i).line, 0);
            if (all != 1) {
                throw new AssertionError(
                        "an event is not in its queue or parked, once: times=" + all + " event=" + given.get(i));
            }
        }
    }

    /** What a bot has made. */
    public final class Made {
        private final String bot;
        private final List<String> inputs;
        private final Map<String, List<QueueLog.Event>> byKey = new TreeMap<>();

        /**
         * @param inputs physical names of the queues that it reads
         * @param outputs of those that it writes; the events of a key are all in one of them
         */
        public Made(String bot, List<String> inputs, List<String> outputs) {
            this.bot = bot;
            this.inputs = inputs;
            for (String output : outputs) {
                log(output).events().forEach(event -> byKey.computeIfAbsent(event.key(), _ -> new ArrayList<>())
                        .add(event));
            }
        }

        /** How many results each key has. */
        public Map<String, Long> counts() {
            Map<String, Long> counts = new TreeMap<>();
            byKey.forEach((key, events) -> counts.put(key, (long) events.size()));
            return counts;
        }

        /** The results of a key count up from 1. */
        public void checkCounts() {
            byKey.forEach((key, events) -> {
                for (int i = 0; i < events.size(); i++) {
                    if (!events.get(i).payload().endsWith("\"count\":" + (i + 1) + "}")) {
                        throw new AssertionError("the state of a key did not count each result once: bot=" + bot
                                + " key=" + key + " result=" + events.get(i) + " expected=" + (i + 1));
                    }
                }
            });
        }

        /**
         * Each pass has taken the events of each key in their order, each once, from its beginning on and at least as far as is known; the
         * last one all.
         *
         * @param keyOf from an event's id and key to the key under which the bot takes it
         * @param passes of each queue, in order; a queue that nobody set back has none
         * @param isAtRest whether the last pass must have taken all
         */
        public void checkPasses(KeyOf keyOf, Map<String, List<Pass>> passes, boolean isAtRest) {
            Set<String> known = new HashSet<>();
            for (String input : inputs) {
                Map<String, List<QueueLog.Event>> events = new TreeMap<>();
                log(input).events().forEach(event -> events.computeIfAbsent(keyOf.key(event), _ -> new ArrayList<>())
                        .add(event));
                List<Pass> his = passes.getOrDefault(input, List.of(new Pass("", "")));
                events.forEach((key, ofKey) -> check(input, key, ofKey, his, isAtRest));
                log(input).events().forEach(event -> known.add(event.id()));
            }
            byKey.values()
                    .forEach(results -> results.forEach(result -> {
                        if (!known.contains(origin(result))) {
                            throw new AssertionError("a result comes from no event: bot=" + bot + " result=" + result);
                        }
                    }));
        }

        private void check(String input, String key, List<QueueLog.Event> events, List<Pass> passes, boolean isAtRest) {
            Set<String> ids = new LinkedHashSet<>();
            events.forEach(event -> ids.add(event.id()));
            List<String> origins = byKey.getOrDefault(key, List.of()).stream()
                    .map(BusAuditor::origin)
                    .filter(ids::contains)
                    .toList();
            Set<Integer> places = Set.of(0);
            for (int i = 0; i < passes.size(); i++) {
                places = after(passes.get(i), events, origins, places, isAtRest && i == passes.size() - 1);
            }
            if (!places.contains(origins.size())) {
                throw new AssertionError("events of a key did not take effect once in each pass, in order: bot=" + bot
                        + " queue=" + input + " key=" + key + " events=" + ids + " passes=" + passes + " results="
                        + origins);
            }
        }
    }

    /** Under which key a bot takes an event. */
    @FunctionalInterface
    public interface KeyOf {
        String key(QueueLog.Event event);
    }

    /** Where in the results a pass can end that begins at one of these places. */
    private static Set<Integer> after(
            Pass pass, List<QueueLog.Event> events, List<String> origins, Set<Integer> places, boolean isWhole) {
        Set<Integer> ends = new TreeSet<>();
        Set<Integer> now = places;
        for (QueueLog.Event event : events) {
            if (event.eid().compareTo(pass.after) <= 0) {
                continue;
            }
            if (!isWhole && event.eid().compareTo(pass.done) > 0) {
                ends.addAll(now);
            }
            Set<Integer> next = new TreeSet<>();
            for (int place : now) {
                if (place < origins.size() && origins.get(place).equals(event.id())) {
                    next.add(place + 1);
                }
            }
            now = next;
        }
        ends.addAll(now);
        return ends;
    }

    /** The id of the event that a result was made of. */
    private static String origin(QueueLog.Event result) {
        return result.id().substring(0, result.id().lastIndexOf('.'));
    }
}
