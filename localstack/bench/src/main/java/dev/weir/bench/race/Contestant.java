package dev.weir.bench.race;

import java.io.IOException;

/** One side of a comparison. Used by one thread. */
public interface Contestant extends AutoCloseable {

    /** Does the whole job once more, from nothing, until its results are there to be read. */
    Round round() throws Exception;

    @Override
    void close() throws IOException;
}
