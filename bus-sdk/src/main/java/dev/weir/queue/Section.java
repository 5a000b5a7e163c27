package dev.weir.queue;

/**
 * A run of lines of a chunk that is loaded at once.
 *
 * @param first id of its first line, as it stands in the partition; for archives of the first event
 * @param last id of its last line
 * @param source where its lines are
 */
record Section(String first, String last, Source source) {

    /** Where compressed lines are. */
    sealed interface Source {

        /** In the chunk itself. */
        record Inline(byte[] gzip) implements Source {}

        /** In a part of an object. */
        record Part(String bucket, String key, long fromByte, int bytes) implements Source {}

        /** In a whole object. */
        record Whole(String bucket, String key) implements Source {}

        /** Nowhere that is known. */
        record Nowhere(String reason) implements Source {}
    }
}
