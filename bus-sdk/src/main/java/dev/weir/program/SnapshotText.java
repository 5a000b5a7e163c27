package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.Programs.Kept;
import dev.weir.pipeline.Programs.Snapshot;
import dev.weir.wire.Gzip;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The state of a program as text that fits into events: compressed, in base64, cut. */
final class SnapshotText {
    private static final int PART_CHARS = 300_000;
    private static final int BYTES_MAX = 1 << 24;

    private SnapshotText() {}

    /** Empty if it is too large: then the last one, or none, has to do. */
    static Optional<Snapshot> of(Json state, Kept place) {
        byte[] gzip = new Gzip(Gzip.LEVEL_DEFAULT).compress(state.array(), state.from(), state.to());
        String text = Base64.getEncoder().encodeToString(gzip);
        if (text.length() > Programs.SNAPSHOT_CHARS_MAX) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); from += PART_CHARS) {
            parts.add(text.substring(from, Math.min(text.length(), from + PART_CHARS)));
        }
        return Optional.of(new Snapshot(place, parts));
    }

    static Json state(List<String> parts) {
        return Json.of(Gzip.decompress(Base64.getDecoder().decode(String.join("", parts)), BYTES_MAX));
    }
}
