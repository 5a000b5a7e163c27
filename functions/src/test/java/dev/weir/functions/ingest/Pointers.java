package dev.weir.functions.ingest;

import dev.weir.model.Eid;

/** Lines that point into S3, as leo-sdk writes them. */
final class Pointers {
    private static final long PAST = IngestWorld.NOW - 86_400_000L;

    private Pointers() {}

    /** A bulk load of one section. */
    static String load(String queue, String object, long records) {
        return pointer(queue, object, records, "\"start\":null,\"end\":" + (records - 1), section(records), "")
                .replace("BOT", "loader");
    }

    /** The same as part of a snapshot. */
    static String snapshot(String queue, String object, long records, long snapshotMillis) {
        return pointer(
                        queue,
                        object,
                        records,
                        "\"start\":null,\"end\":" + (records - 1),
                        section(records),
                        ",\"snapshot\":" + snapshotMillis)
                .replace("BOT", "loader");
    }

    /** A range of an archive: one event a second, long ago. */
    static String archive(String queue, int from, int to) {
        String bounds = "\"start\":\"" + archived(from) + "\",\"end\":\"" + archived(to) + "\"";
        return pointer(
                        queue,
                        "archive-" + from,
                        to - from + 1L,
                        bounds,
                        "{\"event\":\"" + queue + "\"," + bounds + ",\"records\":" + (to - from + 1)
                                + ",\"gzipSize\":99,\"size\":999,\"offset\":0,\"gzipOffset\":0}",
                        ",\"archive\":true")
                .replace("BOT", "archiver");
    }

    static String archived(int second) {
        return new Eid(PAST + 1_000L * second, 0).toString();
    }

    private static String section(long records) {
        return "{\"event\":\"orders\",\"start\":0,\"end\":" + (records - 1) + ",\"records\":" + records
                + ",\"gzipSize\":6629,\"size\":185780,\"offset\":0,\"gzipOffset\":0}";
    }

    private static String pointer(
            String queue, String object, long records, String bounds, String section, String more) {
        return "{\"event\":\"" + queue + "\"," + bounds + ",\"s3\":{\"bucket\":\"leos3\",\"key\":\"bus/" + object
                + ".gz\"},\"offsets\":[" + section + "],\"gzipSize\":6629,\"size\":185780,\"records\":" + records
                + ",\"stats\":{\"BOT\":{\"start\":1795178778808,\"end\":1795178778809,\"units\":" + records
                + ",\"checkpoint\":" + (records - 1) + "}},\"correlations\":[{}]"
                + ",\"timestamp\":1795178778856,\"event_source_timestamp\":1795178778855" + more + "}";
    }
}
