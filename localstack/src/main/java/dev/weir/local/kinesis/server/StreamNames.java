package dev.weir.local.kinesis.server;

import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import org.jspecify.annotations.Nullable;

/** Names of streams and their ARNs, {@code arn:aws:kinesis:us-east-1:000000000000:stream/NAME}. Region and account of a request are ignored. */
final class StreamNames {

    private static final String ARN_HEAD = "arn:aws:kinesis:us-east-1:000000000000:stream/";
    private static final String RESOURCE = ":stream/";

    private StreamNames() {}

    static String arn(String name) {
        return ARN_HEAD + name;
    }

    /** The stream that a request names, by StreamName or by StreamARN. */
    static String of(@Nullable String name, @Nullable String arn) {
        if (name != null) {
            return name;
        }
        if (arn == null) {
            throw new KinesisException(KinesisError.INVALID_ARGUMENT, "One of StreamName and StreamARN is needed.");
        }
        int resource = arn.indexOf(RESOURCE);
        if (resource < 0) {
            throw new KinesisException(KinesisError.VALIDATION, "not the ARN of a stream: StreamARN=" + arn);
        }
        return arn.substring(resource + RESOURCE.length());
    }
}
