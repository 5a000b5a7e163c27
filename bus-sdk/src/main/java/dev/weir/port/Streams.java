package dev.weir.port;

import java.util.List;

/** A partitioned log of the shape of Kinesis, as writers see it. Thread-safe. */
public interface Streams {

    /** Most records in one put. Source: Kinesis, PutRecords. */
    int PUT_RECORDS_MAX = 500;

    /** Most bytes of data and partition keys in one put: 10 MiB. Source: Kinesis, PutRecords. */
    int PUT_BYTES_MAX = 10 * 1024 * 1024;

    /** Most bytes of data and partition key of one record: 1 MiB. Source: Kinesis, PutRecords (without the 10 MiB opt-in). */
    int RECORD_BYTES_MAX = 1024 * 1024;

    /**
     * Puts records; each has its own outcome, in the order of the request. Never throws for what passes: a request without an answer
     * gives {@link PutOutcome.Unknown} for each record.
     *
     * @throws IllegalArgumentException if the list is empty or breaks a limit above
     */
    List<PutOutcome> put(String stream, List<StreamRecord> records);

    /** The shards that exist now, open and closed, in the order of their ids. Throws {@link StoreUnavailableException} when it cannot tell. */
    List<Shard> shards(String stream);
}
