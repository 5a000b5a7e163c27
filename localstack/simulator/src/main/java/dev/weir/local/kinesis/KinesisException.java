package dev.weir.local.kinesis;

/** A request that Kinesis refuses as a whole. Refusals of single records of a batch are values: {@link PutResult.Refused}. */
public final class KinesisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final KinesisError error;

    public KinesisException(KinesisError error, String message) {
        super(message);
        this.error = error;
    }

    public KinesisError error() {
        return error;
    }
}
