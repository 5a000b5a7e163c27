package dev.weir.pipeline;

/** Writes values whose size is known before they are written, so that state is not written again for each event that changes it. */
interface BoundedCodec<T> extends Codec<T> {

    /** Bytes that the text of the value takes at most. */
    int bytesMax(T value);
}
