package dev.weir.aws;

import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What a failed write means, as {@link WriteOutcome}. */
final class WriteOutcomes {

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    /** Reasons that pass. Source: DynamoDB, TransactWriteItems, errors. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError");

    /** Reasons that the writes themselves give. */
    private static final Set<String> WRONG = Set.of("ValidationError", "ItemCollectionSizeLimitExceeded");

    /**
     * What DynamoDB says when an item has another shape than an edit needs. It has no code for that, only messages. Other reasons to refuse
     * a valid edit (the item would be too large) are bugs of the caller.
     */
    private static final List<String> OTHER_SHAPE = List.of("document path", "incorrect data type");

    private WriteOutcomes() {}

    /**
     * The outcome that a failure stands for.
     *
     * @throws IllegalArgumentException if the write breaks a limit that only the store could see
     * @throws StoreUnavailableException if nothing was written and it will not be until someone acts
     */
    static WriteOutcome of(List<Write> writes, SdkException failed) {
        if (failed instanceof ConditionalCheckFailedException) {
            return new WriteOutcome.ConditionFailed(
                    writes.stream().map(Write::key).toList());
        }
        List<Key> edited = edited(writes);
        if (!edited.isEmpty() && hasOtherShape(failed)) {
            return new WriteOutcome.ConditionFailed(edited);
        }
        if (failed instanceof TransactionCanceledException canceled && canceled.hasCancellationReasons()) {
            return of(writes, canceled);
        }
        return switch (Failure.of(failed)) {
            case PASSES -> new WriteOutcome.Retry(Failure.code(failed));
            case UNANSWERED -> new WriteOutcome.Unknown(Failure.code(failed));
            case REFUSED -> throw refused(writes, String.valueOf(failed.getMessage()), failed);
            case BROKEN ->
                throw new StoreUnavailableException(
                        "a write was turned away, nothing was written: " + describe(writes) + " code="
                                + Failure.code(failed),
                        failed);
        };
    }

    private static WriteOutcome of(List<Write> writes, TransactionCanceledException canceled) {
        List<CancellationReason> reasons = canceled.cancellationReasons();
        List<Key> failed = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            if (CONDITION_FAILED.equals(reasons.get(i).code())) {
                failed.add(writes.get(i).key());
            }
        }
        if (!failed.isEmpty()) {
            return new WriteOutcome.ConditionFailed(List.copyOf(failed));
        }
        for (int i = 0; i < reasons.size(); i++) {
            CancellationReason reason = reasons.get(i);
            if (WRONG.contains(reason.code())) {
                throw refused(List.of(writes.get(i)), reason.code() + ": " + reason.message(), canceled);
            }
        }
        return reasons.stream()
                .map(CancellationReason::code)
                .filter(PASSING::contains)
                .findFirst()
                .<WriteOutcome>map(WriteOutcome.Retry::new)
                .orElseThrow(() -> new StoreUnavailableException(
                        "a transaction was cancelled for a reason that Weir does not know, nothing was written: "
                                + describe(writes) + " reasons=" + reasons,
                        canceled));
    }

    private static List<Key> edited(List<Write> writes) {
        return writes.stream()
                .filter(Write.Edits.class::isInstance)
                .map(Write::key)
                .toList();
    }

    /** DynamoDB refuses the item of a transaction; DynamoDB Local the whole transaction. */
    private static boolean hasOtherShape(SdkException failed) {
        return failed instanceof TransactionCanceledException canceled && canceled.hasCancellationReasons()
                ? canceled.cancellationReasons().stream().anyMatch(reason -> isOtherShape(reason.message()))
                : isOtherShape(failed.getMessage());
    }

    private static boolean isOtherShape(@Nullable String message) {
        return message != null && OTHER_SHAPE.stream().anyMatch(message::contains);
    }

    private static IllegalArgumentException refused(List<Write> writes, String message, SdkException cause) {
        return new IllegalArgumentException("a write was refused: " + describe(writes) + " message=" + message, cause);
    }

    private static String describe(List<Write> writes) {
        Key first = writes.getFirst().key();
        return "writes=" + writes.size() + " first table=" + first.table().name() + " partition=" + first.partition()
                + " sort=" + first.sort();
    }
}
