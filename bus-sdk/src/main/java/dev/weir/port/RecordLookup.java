package dev.weir.port;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import java.util.Optional;

/** Finds single records of a stream again, for operators. Thread-safe. */
@FunctionalInterface
public interface RecordLookup {

    /**
     * The record with this number; empty if the stream no longer has it, or never had.
     *
     * @throws StoreUnavailableException if the stream cannot tell now
     */
    Optional<Record> find(String stream, String shardId, SequenceNumber number);
}
