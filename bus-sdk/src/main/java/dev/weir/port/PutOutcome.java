package dev.weir.port;

/** What became of one record of a put. */
public sealed interface PutOutcome {

    /** In the stream. */
    record Accepted(String shardId, String sequenceNumber) implements PutOutcome {}

    /** Not in the stream, for a reason that passes (throttling, internal failure of one shard): put it again. */
    record Refused(String reason) implements PutOutcome {}

    /** No answer came: it may be in the stream or not. Put again; the reader drops the second copy by its number. */
    record Unknown(String reason) implements PutOutcome {}
}
