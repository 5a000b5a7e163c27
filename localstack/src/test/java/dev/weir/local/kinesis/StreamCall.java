package dev.weir.local.kinesis;

import java.util.List;

/**
 * One call of a program on Kinesis. Streams, shards, records, iterators and moments are named by their place among those that the program
 * has seen, modulo how many there are, so that a program from which calls were left out can still be run.
 */
sealed interface StreamCall {

    /** The stream that the call names; the first one, if it names none. */
    default int stream() {
        return 0;
    }

    record Create(int stream, int shards) implements StreamCall {}

    record Delete(int stream) implements StreamCall {}

    record Describe(int stream) implements StreamCall {}

    record Put(int stream, Entry entry) implements StreamCall {}

    record PutAll(int stream, List<Entry> entries) implements StreamCall {}

    record Split(int stream, ShardRef shard, Cut at) implements StreamCall {}

    record Merge(int stream, ShardRef shard, ShardRef adjacent) implements StreamCall {}

    record Scale(int stream, int shards) implements StreamCall {}

    /** Pages of {@code pageSize} shards; 0 does not say how many. */
    record ListShards(int stream, Filter filter, int moment, ShardRef after, int pageSize) implements StreamCall {}

    record Iterate(int stream, ShardRef shard, Start start, int number) implements StreamCall {}

    /** Reads on with an iterator; 0 does not say how many records. */
    record Read(int iterator, int limit) implements StreamCall {}

    /** Reads a shard from its first record to its last. */
    record Drain(int stream, ShardRef shard, int limit) implements StreamCall {}

    record Retain(int stream, boolean increase, int hours) implements StreamCall {}

    /** Remembers the time between two calls. */
    record Moment() implements StreamCall {}

    /**
     * A record to put.
     *
     * @param hash the explicit hash key as the request says it; empty for none
     * @param id what its data begins with
     * @param bytes how long its data is
     */
    record Entry(String key, String hash, int id, int bytes) {}

    /** A shard of the stream. */
    record ShardRef(Which which, int index) {
        enum Which {
            OPEN,
            /** The shard whose hash keys follow those of the open shard of this index. */
            OPEN_NEXT,
            ANY,
            UNKNOWN,
            MALFORMED
        }
    }

    /**
     * Where to split.
     *
     * @param permille how far within the hash keys of the shard
     */
    record Cut(Where where, int permille) {
        enum Where {
            WITHIN,
            MIDDLE,
            FIRST,
            SECOND,
            LAST,
            BELOW,
            ABOVE,
            BEYOND_ALL,
            NOT_A_NUMBER
        }
    }

    enum Filter {
        NONE,
        AT_LATEST,
        AT_TRIM_HORIZON,
        FROM_TRIM_HORIZON,
        AT_TIMESTAMP,
        FROM_TIMESTAMP,
        AFTER_SHARD_ID
    }

    enum Start {
        TRIM_HORIZON,
        LATEST,
        AT_RECORD,
        AFTER_RECORD,
        /** Of another shard, if there is a record in one. */
        AT_RECORD_ELSEWHERE,
        AFTER_RECORD_ELSEWHERE,
        AT_SHARD_START,
        AT_NO_NUMBER,
        AT_ZERO,
        AFTER_TEXT,
        AFTER_LATER_NUMBER,
        AT_NOTHING,
        AT_MOMENT,
        AT_LONG_AGO,
        AT_FUTURE,
        AT_NO_TIME
    }
}
