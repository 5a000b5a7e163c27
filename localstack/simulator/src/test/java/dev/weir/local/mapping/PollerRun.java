package dev.weir.local.mapping;

import dev.weir.model.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Drives a poller through a closed shard in virtual time and writes down what happened. */
final class PollerRun {
    private static final int STEPS_MAX = 10_000;

    /** What the function says to a batch: an answer, {@code !} for a failure, {@code ~} when it cannot be called. */
    interface Function {
        String call(List<Integer> numbers);
    }

    private final Function function;
    private final ShardPoller poller;
    private final List<String> trace = new ArrayList<>();
    private final List<DiscardedBatch> discards = new ArrayList<>();
    private final List<Long> donePositions = new ArrayList<>();
    private final List<Integer> finished = new ArrayList<>();
    private long now;
    private int largestEvent;

    PollerRun(MappingSettings settings, Function function) {
        this.function = function;
        this.poller = new ShardPoller(settings, Position.TRIM_HORIZON);
    }

    static Function healthy() {
        return numbers -> "";
    }

    static Function poisoned(Integer... records) {
        return numbers -> containsAny(numbers, records) ? "!" : "";
    }

    static Function failing(int times) {
        int[] left = {times};
        return numbers -> left[0]-- > 0 ? "!" : "";
    }

    static Function unreachable(int times) {
        int[] left = {times};
        return numbers -> left[0]-- > 0 ? "~" : "";
    }

    static Function answering(String answer) {
        return numbers -> answer;
    }

    /** Names the records that are in the batch, each time. */
    static Function reporting(Integer... records) {
        return numbers ->
                failures(numbers.stream().filter(List.of(records)::contains).toList());
    }

    /** Names the first of the records that is in the batch, once. */
    static Function reportingOnce(Integer... records) {
        Set<Integer> left = new HashSet<>(List.of(records));
        return numbers -> failures(numbers.stream()
                .filter(left::contains)
                .limit(1)
                .filter(left::remove)
                .toList());
    }

    private static String failures(List<Integer> records) {
        return records.stream()
                .map(record -> "{\"itemIdentifier\":\"" + record + "\"}")
                .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
    }

    private static boolean containsAny(List<Integer> numbers, Integer... records) {
        return numbers.stream().anyMatch(List.of(records)::contains);
    }

    void at(long millis) {
        now = millis;
    }

    /** Runs until the shard, which holds these records and is closed, has ended. */
    String through(List<Record> records) {
        for (int step = 0; step < STEPS_MAX; step++) {
            Next next = poller.next(now);
            switch (next) {
                case Next.Fetch fetch -> poller.fetched(read(records, fetch), now);
                case Next.Invoke invoke -> {
                    largestEvent = Math.max(largestEvent, invoke.event().length);
                    invoke(invoke.batch());
                }
                case Next.Wait wait -> {
                    trace.add("+" + (wait.untilMillis() - now));
                    now = wait.untilMillis();
                }
                case Next.Discard discard -> discard(discard.discarded());
                case Next.AwaitAnswer await -> throw new AssertionError("the run answers at once: trace=" + trace);
                case Next.Ended ended -> {
                    return String.join(" ", trace);
                }
            }
            if (poller.done() instanceof Position.After after) {
                donePositions.add(Long.parseLong(after.sequenceNumber().digits()));
            }
        }
        throw new AssertionError("the shard does not end: trace=" + trace);
    }

    private static ShardSource.Read read(List<Record> records, Next.Fetch fetch) {
        List<Record> left = records.stream()
                .filter(record -> !(fetch.from() instanceof Position.After after)
                        || record.sequenceNumber().isAfter(after.sequenceNumber()))
                .limit(fetch.recordsMax())
                .toList();
        Position next = left.isEmpty()
                ? fetch.from()
                : new Position.After(left.getLast().sequenceNumber());
        return new ShardSource.Read(left, next, left.isEmpty());
    }

    private void invoke(Batch batch) {
        List<Integer> numbers = numbers(batch);
        String answer = function.call(numbers);
        Outcome outcome =
                switch (answer) {
                    case "!" -> poller.failed(now);
                    case "~" -> poller.notInvoked(now);
                    default -> poller.answered(answer.getBytes(StandardCharsets.UTF_8), now);
                };
        boolean part = poller.done() instanceof Position.After after
                && outcome != Outcome.DONE
                && Integer.parseInt(after.sequenceNumber().digits()) >= numbers.getFirst();
        int doneTo = part ? doneTo() : outcome == Outcome.DONE ? numbers.getLast() : numbers.getFirst() - 1;
        IntStream.rangeClosed(numbers.getFirst(), doneTo).forEach(finished::add);
        String mark =
                outcome == Outcome.DONE ? "" : outcome == Outcome.NOT_INVOKED ? "~" : part ? "?" + (doneTo + 1) : "!";
        trace.add(span(numbers) + mark);
    }

    private int doneTo() {
        return Integer.parseInt(
                ((Position.After) poller.done()).sequenceNumber().digits());
    }

    private void discard(DiscardedBatch discarded) {
        discards.add(discarded);
        finished.addAll(numbers(discarded.batch()));
        trace.add(
                "x" + span(numbers(discarded.batch())) + "/" + discarded.batch().invocations());
        poller.delivered();
    }

    private static List<Integer> numbers(Batch batch) {
        return batch.records().stream()
                .map(record -> Integer.parseInt(record.sequenceNumber().digits()))
                .toList();
    }

    private static String span(List<Integer> numbers) {
        return numbers.getFirst() + "-" + numbers.getLast();
    }

    ShardPoller poller() {
        return poller;
    }

    /** Bytes of the largest event that the function was given. */
    int largestEvent() {
        return largestEvent;
    }

    List<DiscardedBatch> discards() {
        return discards;
    }

    List<String> conditions() {
        return discards.stream().map(discard -> discard.condition().text()).toList();
    }

    /** Every position that was done, in the order of time. */
    List<Long> donePositions() {
        return donePositions;
    }

    /** Every record in the order in which it was done or discarded. */
    List<Integer> finished() {
        return finished;
    }
}
