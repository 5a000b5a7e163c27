package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * An event taken out of the way, as it is stored.
 *
 * @param id names it
 * @param key whose order it has a place in; null if it has none
 * @param place which place that is
 * @param step label of the step that parked it, for example {@code 40-transform}
 * @param reason why, in one sentence
 * @param payload its text as it came, or as an operator corrected it; null if it is too large for an item: shard, sequence number and
 *     index then say where it lies in the stream
 * @param isCommand whether the payload is what another lane of the bot sent, and no event
 * @param shardId the shard of the record that it came in
 * @param sequenceNumber the number of that record
 * @param arrivalMillis when the record arrived, milliseconds since the epoch
 * @param index its place among the events of the record, from 0
 * @param producer who numbered it; null if nobody did
 * @param number the producer's number, 0 without a producer
 * @param parkedAtMillis when, milliseconds since the epoch
 * @param tries how often it was put back in vain
 */
public record ParkedEvent(
        ParkedId id,
        @Nullable String key,
        Place place,
        String step,
        String reason,
        @Nullable Json payload,
        boolean isCommand,
        String shardId,
        SequenceNumber sequenceNumber,
        long arrivalMillis,
        int index,
        @Nullable String producer,
        long number,
        long parkedAtMillis,
        long tries) {

    /** What a parked event is to the events of its key. */
    public enum Place {
        /** Nothing waits for it: what is no event, or came late. */
        APART,
        /** The bot's code failed for it; later events of its key are parked behind it. */
        FAILED,
        /** It is parked because an earlier event of its key is. */
        BEHIND
    }

    /** Whether its key stays blocked until it is put back or dropped. */
    public boolean blocks() {
        return place != Place.APART;
    }

    ParkedEvent withPayload(Json other) {
        return new ParkedEvent(
                id,
                key,
                place,
                step,
                reason,
                other,
                false,
                shardId,
                sequenceNumber,
                arrivalMillis,
                index,
                producer,
                number,
                parkedAtMillis,
                tries);
    }

    /** After it was put back in vain. */
    ParkedEvent failing(Place now, String where, String why) {
        return new ParkedEvent(
                id,
                key,
                now,
                where,
                why,
                payload,
                isCommand,
                shardId,
                sequenceNumber,
                arrivalMillis,
                index,
                producer,
                number,
                parkedAtMillis,
                tries + 1);
    }

    /** An upper bound of the bytes that it takes in a commit. */
    long bytes() {
        return payload == null ? 1_000 : payload.length() + 1_000L;
    }
}
