package dev.weir.aws;

import dev.weir.port.ObjectOutcome;
import dev.weir.port.StoreUnavailableException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed put means, as {@link ObjectOutcome}. The codes are those of S3, error responses. */
final class ObjectOutcomes {

    private static final String CONDITION_FAILED = "PreconditionFailed";

    /** Nothing was stored: another write was faster, or the bytes did not arrive as they were sent. */
    private static final Set<String> PASSING = Set.of(
            "ConditionalRequestConflict",
            "OperationAborted",
            "RequestTimeout",
            "IncompleteBody",
            "BadDigest",
            "XAmzContentChecksumMismatch",
            "XAmzContentSHA256Mismatch");

    private static final Set<String> WRONG =
            Set.of("EntityTooLarge", "KeyTooLongError", "InvalidArgument", "InvalidRequest", "InvalidURI");

    private ObjectOutcomes() {}

    /**
     * The outcome that a failure stands for.
     *
     * @param where the bucket and the key, for messages
     * @throws IllegalArgumentException if the put breaks a limit that only the store could see
     * @throws StoreUnavailableException if nothing was stored and it will not be until someone acts
     */
    static ObjectOutcome of(String where, SdkException failed) {
        String code = Failure.code(failed);
        if (code.equals(CONDITION_FAILED)) {
            return ObjectOutcome.ALREADY_THERE;
        }
        if (PASSING.contains(code)) {
            return new ObjectOutcome.Refused(code);
        }
        if (WRONG.contains(code)) {
            throw refused(where, failed);
        }
        return switch (Failure.of(failed)) {
            case PASSES -> new ObjectOutcome.Refused(code);
            case UNANSWERED -> new ObjectOutcome.Unknown(code);
            case REFUSED -> throw refused(where, failed);
            case BROKEN ->
                throw new StoreUnavailableException(
                        "a put was turned away, nothing was stored: " + where + " code=" + code, failed);
        };
    }

    private static IllegalArgumentException refused(String where, SdkException failed) {
        return new IllegalArgumentException("a put was refused: " + where + " message=" + failed.getMessage(), failed);
    }
}
