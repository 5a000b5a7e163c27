package dev.weir.local.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a shard iterator says: it holds its whole state, so the model keeps none and an iterator outlives a restart.
 *
 * @param epoch tells the stream from a later one of the same name
 * @param nextSequence the counter from which to read
 * @param madeMillis when it was made; it expires {@link KinesisLimits#ITERATOR_LIFE_MILLIS} later
 */
record IteratorToken(String stream, long epoch, int shard, long nextSequence, long madeMillis) {

    String text() {
        String plain = stream + "/" + epoch + "/" + shard + "/" + nextSequence + "/" + madeMillis;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static IteratorToken parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", -1);
            if (parts.length == 5) {
                return new IteratorToken(
                        parts[0],
                        Long.parseLong(parts[1]),
                        Integer.parseInt(parts[2]),
                        Long.parseLong(parts[3]),
                        Long.parseLong(parts[4]));
            }
        } catch (IllegalArgumentException _) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static KinesisException invalid(String text) {
        return new KinesisException(
                KinesisError.INVALID_ARGUMENT, "not a shard iterator of this server: iterator=" + text);
    }
}
