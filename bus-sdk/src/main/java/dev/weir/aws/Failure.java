package dev.weir.aws;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call to AWS means to the caller. The codes are those of the API references of DynamoDB and Kinesis. */
enum Failure {

    /** Nothing happened, and the same call may succeed later. */
    PASSES,

    /** Nobody knows whether it happened: a time-out, a broken connection, a server error. */
    UNANSWERED,

    /** Nothing happened, and never will: the call itself is wrong. */
    REFUSED,

    /** Nothing happened, and will not until someone acts: no permission, no credentials, a key that is disabled. */
    BROKEN;

    private static final int SERVER_ERROR = 500;

    private static final Set<String> PASSING = Set.of(
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "ThrottlingException",
            "LimitExceededException",
            "KMSThrottlingException",
            "TransactionConflictException",
            "TransactionInProgressException",
            "ReplicatedWriteConflictException");

    private static final Set<String> WRONG = Set.of(
            "ValidationException",
            "SerializationException",
            "InvalidArgumentException",
            "ResourceNotFoundException",
            "ItemCollectionSizeLimitExceededException");

    static Failure of(SdkException failed) {
        if (!(failed instanceof AwsServiceException answered)) {
            return UNANSWERED;
        }
        // A wrong clock passes: the SDK has corrected its own from the answer.
        if (answered.isThrottlingException() || answered.isClockSkewException() || PASSING.contains(code(answered))) {
            return PASSES;
        }
        if (answered.statusCode() >= SERVER_ERROR) {
            return UNANSWERED;
        }
        return WRONG.contains(code(answered)) ? REFUSED : BROKEN;
    }

    /** The code of the service, or the name of the exception: for logs. */
    static String code(SdkException failed) {
        return failed instanceof AwsServiceException answered && answered.awsErrorDetails() != null
                ? String.valueOf(answered.awsErrorDetails().errorCode())
                : failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
}
