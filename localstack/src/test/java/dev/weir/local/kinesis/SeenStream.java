package dev.weir.local.kinesis;

import dev.weir.local.kinesis.StreamCall.Cut;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * What a program has seen of one stream on one side: its shards, named s0, s1, ... in the order in which both sides have shown them, and
 * the numbers of its records. Shards that were opened and closed within one UpdateShardCount have no name. Not thread-safe.
 */
final class SeenStream {

    /** A stream that there is not. */
    static final SeenStream NONE = new SeenStream();

    private static final BigInteger BEYOND_ALL = BigInteger.ONE.shiftLeft(128);

    /** The shards that have names, by their ids. */
    private final Map<String, Shard> shards = new LinkedHashMap<>();

    /** Shards of the last list, with or without a name. */
    private final Map<String, Shard> all = new HashMap<>();

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> openedAt = new HashMap<>();
    private final Map<String, Integer> closedAt = new HashMap<>();
    private final Map<String, BigInteger> lastNumbers = new HashMap<>();
    private final List<Stored> records = new ArrayList<>();

    private record Stored(String shardId, String number) {}

    /**
     * Takes in the shards that there are now, and shows those with names.
     *
     * @param moments how many moments the program has seen
     */
    String refresh(List<Shard> listed, boolean scaled, int moments) {
        for (Shard shard : listed) {
            all.put(shard.shardId(), shard);
            openedAt.putIfAbsent(shard.shardId(), moments);
            if (!isOpen(shard)) {
                closedAt.putIfAbsent(shard.shardId(), moments);
            }
        }
        Comparator<Shard> order =
                scaled ? Comparator.comparing(SeenStream::first) : Comparator.comparing(Shard::shardId);
        listed.stream()
                .filter(shard -> !names.containsKey(shard.shardId()) && (!scaled || isOpen(shard)))
                .sorted(order)
                .forEach(shard -> names.put(shard.shardId(), "s" + names.size()));
        shards.clear();
        listed.stream()
                .filter(shard -> names.containsKey(shard.shardId()))
                .sorted(Comparator.comparing(
                        shard -> Integer.parseInt(names.get(shard.shardId()).substring(1))))
                .forEach(shard -> shards.put(shard.shardId(), shard));
        return show(List.copyOf(shards.values()));
    }

    String show(List<Shard> listed) {
        return listed.stream()
                .filter(shard -> names.containsKey(shard.shardId()))
                .map(this::show)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** What a filter shows by the API reference. */
    String expect(StreamCall.Filter filter, int moment, String afterShardId) {
        return show(all.values().stream()
                .filter(shard -> switch (filter) {
                    case NONE, FROM_TRIM_HORIZON -> true;
                    case AT_LATEST -> isOpen(shard);
                    case AT_TRIM_HORIZON -> isFirst(shard);
                    case AT_TIMESTAMP ->
                        wasOpenFrom(shard, moment)
                                && (isFirst(shard) || openedAt.getOrDefault(shard.shardId(), 0) <= moment);
                    case FROM_TIMESTAMP -> wasOpenFrom(shard, moment);
                    case AFTER_SHARD_ID -> shard.shardId().compareTo(afterShardId) > 0;
                })
                .toList());
    }

    /** Of a stream that was created after the moment its first shards are shown, as if it were the trim horizon. */
    private boolean wasOpenFrom(Shard shard, int moment) {
        int created = openedAt.values().stream().min(Comparator.naturalOrder()).orElse(0);
        return moment < created || closedAt.getOrDefault(shard.shardId(), Integer.MAX_VALUE) > moment;
    }

    private static boolean isFirst(Shard shard) {
        return shard.parentShardId() == null;
    }

    private String show(Shard shard) {
        return names.get(shard.shardId()) + " " + first(shard) + "-" + last(shard)
                + (isOpen(shard) ? " open" : " closed") + " of " + ancestors(shard);
    }

    /** The nearest ancestors that have names. */
    private TreeSet<String> ancestors(Shard shard) {
        TreeSet<String> found = new TreeSet<>();
        Stream.of(Optional.ofNullable(shard.parentShardId()), Optional.ofNullable(shard.adjacentParentShardId()))
                .flatMap(Optional::stream)
                .forEach(parent -> {
                    String name = names.get(parent);
                    if (name != null) {
                        found.add(name);
                    } else if (all.containsKey(parent)) {
                        found.addAll(ancestors(all.get(parent)));
                    } else {
                        found.add("unknown " + parent);
                    }
                });
        return found;
    }

    /** Remembers a record, and says where it went and whether its number is above those before it. */
    String stored(String shardId, String number) {
        records.add(new Stored(shardId, number));
        BigInteger value = new BigInteger(number);
        BigInteger before = lastNumbers.put(shardId, value);
        boolean grows =
                value.compareTo(new BigInteger(start(shardId))) > 0 && (before == null || value.compareTo(before) > 0);
        return names.getOrDefault(shardId, shardId) + (grows ? "" : " with a number that does not grow");
    }

    /** The number of a record of this shard, or of another one; 1 if there is none. */
    String number(String shardId, boolean ofThis, int index) {
        List<String> numbers = records.stream()
                .filter(record -> record.shardId().equals(shardId) == ofThis)
                .map(Stored::number)
                .toList();
        return numbers.isEmpty() ? "1" : numbers.get(index % numbers.size());
    }

    String shardOfRecord(int index, String none) {
        return records.isEmpty() ? none : records.get(index % records.size()).shardId();
    }

    void traits(StreamCall.Split split, String shardId, Set<CallTrait> traits) {
        Shard shard = shards.get(shardId);
        String at = cut(split.at(), shardId);
        if (!Constraints.isHashKey(at)) {
            traits.add(CallTrait.BREAKS_A_CONSTRAINT);
        } else if (shard != null && new BigInteger(at).equals(first(shard))) {
            traits.add(CallTrait.CHILD_WOULD_BE_EMPTY);
        }
        if (shard != null && !isOpen(shard)) {
            traits.add(CallTrait.SHARD_IS_CLOSED);
        }
    }

    void traits(StreamCall.Start start, String shardId, Set<CallTrait> traits) {
        boolean foreign =
                switch (start) {
                    case AT_RECORD, AFTER_RECORD ->
                        records.stream().noneMatch(record -> record.shardId().equals(shardId));
                    case AT_RECORD_ELSEWHERE, AFTER_RECORD_ELSEWHERE, AT_ZERO, AFTER_LATER_NUMBER -> true;
                    case AT_SHARD_START -> !shards.containsKey(shardId);
                    case TRIM_HORIZON, LATEST, AT_NO_NUMBER, AFTER_TEXT, AT_NOTHING -> false;
                    case AT_MOMENT, AT_LONG_AGO, AT_FUTURE, AT_NO_TIME -> false;
                };
        if (foreign) {
            traits.add(CallTrait.NUMBER_IS_FOREIGN);
        }
    }

    void traits(String shardId, String adjacentId, Set<CallTrait> traits) {
        Shard shard = shards.get(shardId);
        Shard adjacent = shards.get(adjacentId);
        if (shard == null || adjacent == null) {
            return;
        }
        if (!isOpen(shard) || !isOpen(adjacent)) {
            traits.add(CallTrait.SHARD_IS_CLOSED);
        }
        if (last(adjacent).add(BigInteger.ONE).equals(first(shard))) {
            traits.add(CallTrait.MERGES_DOWNWARDS);
        }
    }

    /** The number at which a shard starts. */
    String start(String shardId) {
        Shard shard = shards.get(shardId);
        return shard == null ? "0" : shard.sequenceNumberRange().startingSequenceNumber();
    }

    String any(int index, String none) {
        return shards.isEmpty() ? none : List.copyOf(shards.keySet()).get(index % shards.size());
    }

    /** The open shard of this index by hash keys, or one after it; the first follows the last. */
    String open(int index, int further, String none) {
        List<String> open = shards.values().stream()
                .filter(SeenStream::isOpen)
                .sorted(Comparator.comparing(SeenStream::first))
                .map(Shard::shardId)
                .toList();
        return open.isEmpty() ? none : open.get((index + further) % open.size());
    }

    /** A hash key to split a shard at, as the request says it. */
    String cut(Cut cut, String shardId) {
        Shard shard = shards.get(shardId);
        BigInteger first = shard == null ? BigInteger.ZERO : first(shard);
        BigInteger last = shard == null ? BEYOND_ALL.subtract(BigInteger.ONE) : last(shard);
        BigInteger width = last.subtract(first);
        return switch (cut.where()) {
            case WITHIN ->
                first.add(width.multiply(BigInteger.valueOf(cut.permille())).divide(BigInteger.valueOf(1000)))
                        .toString();
            case MIDDLE -> first.add(width.shiftRight(1)).add(BigInteger.ONE).toString();
            case FIRST -> first.toString();
            case SECOND -> first.add(BigInteger.ONE).toString();
            case LAST -> last.toString();
            case BELOW -> first.subtract(BigInteger.ONE).toString();
            case ABOVE -> last.add(BigInteger.ONE).toString();
            case BEYOND_ALL -> BEYOND_ALL.toString();
            case NOT_A_NUMBER -> "middle";
        };
    }

    private static boolean isOpen(Shard shard) {
        return shard.sequenceNumberRange().endingSequenceNumber() == null;
    }

    private static BigInteger first(Shard shard) {
        return new BigInteger(shard.hashKeyRange().startingHashKey());
    }

    private static BigInteger last(Shard shard) {
        return new BigInteger(shard.hashKeyRange().endingHashKey());
    }
}
