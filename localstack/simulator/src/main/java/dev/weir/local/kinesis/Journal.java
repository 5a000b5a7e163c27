package dev.weir.local.kinesis;

/** Where a change goes before it is applied and acknowledged. */
interface Journal extends AutoCloseable {

    /** Keeps nothing. */
    Journal NONE = new Journal() {
        @Override
        public void append(Change change) {}

        @Override
        public void close() {}
    };

    /**
     * Returns when the change will survive the end of this process. Thread-safe; the caller serializes the changes of one stream.
     *
     * @throws java.io.UncheckedIOException if it could not be kept: then it must not be applied
     */
    void append(Change change);

    @Override
    void close();
}
