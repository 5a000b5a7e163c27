package dev.weir.writer;

import java.util.List;

/** What a lane gives to one request. Until it is settled the lane gives nothing to another. */
sealed interface Claim {

    LaneBuffer lane();

    /** Events that must be encoded first. */
    record Fresh(LaneBuffer lane, RawChunk chunk) implements Claim {}

    /**
     * Records of which the first goes into the request.
     *
     * @param records in order, at least one; several if a chunk was too large and was cut
     */
    record Encoded(LaneBuffer lane, List<Outgoing> records) implements Claim {}
}
