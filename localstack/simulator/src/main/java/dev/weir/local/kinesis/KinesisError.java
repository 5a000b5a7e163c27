package dev.weir.local.kinesis;

/** The error codes of Kinesis Data Streams that the model answers with (API reference, common errors and errors of each action). */
public enum KinesisError {
    /** The stream, shard or iterator does not exist. */
    RESOURCE_NOT_FOUND("ResourceNotFoundException"),
    /** The stream exists already. */
    RESOURCE_IN_USE("ResourceInUseException"),
    /** A value is well-formed and makes no sense here. */
    INVALID_ARGUMENT("InvalidArgumentException"),
    /** A limit on numbers of shards is reached. */
    LIMIT_EXCEEDED("LimitExceededException"),
    /** The iterator is older than {@link KinesisLimits#ITERATOR_LIFE_MILLIS}. */
    EXPIRED_ITERATOR("ExpiredIteratorException"),
    /** A value breaks the declared bounds of its field. */
    VALIDATION("ValidationException"),
    /** The shard takes no more bytes or records in this second. Try again later. */
    THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException");

    private final String code;

    KinesisError(String code) {
        this.code = code;
    }

    /** The name on the wire, for example {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }
}
