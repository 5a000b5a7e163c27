package dev.weir.flow;

import dev.weir.graph.Effect;
import dev.weir.port.Items;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Every bound of the spine, in one place. The sizes leave room for keys and names, so that no commit can exceed DynamoDB's limits. */
public final class Limits {

    /** Most bytes of one event's JSON text; what is larger is parked by reference. 380 KiB and a little more fit. */
    public static final int EVENT_BYTES_MAX = 392_000;

    /** Most bytes of an event's line with its envelope: what is filled in of it is small. */
    static final int LINE_BYTES_MAX = EVENT_BYTES_MAX + 4_096;

    /** Most UTF-8 bytes of a key. */
    public static final int KEY_BYTES_MAX = 1_024;

    /** Most bytes, before compression, that a commit gathers before it is closed; the event that crosses comes into the next commit. */
    static final int COMMIT_BYTES_MAX = 2_500_000;

    /** Most parked events of a commit: each is an item of its own. */
    static final int COMMIT_PARKED_MAX = 40;

    /** Most items of a commit. Each queue that others write too takes two at least (chunk and head), each author of its lines one. */
    static final int COMMIT_ITEMS_MAX = Items.TRANSACTION_WRITES_MAX;

    /**
     * Items of a commit that are there, or may be, whatever it holds: checkpoint, journal, held events, ids, outbox of each stream; gaps, parked,
     * dropped and own results with the heads of their queues; what the first commit of a version notes.
     */
    static final int COMMIT_ITEMS_BASE = 15 + Effect.STREAMS_MAX;

    /** For each so many bytes of a commit there may be one item more, because something is cut in two. */
    static final int COMMIT_BYTES_PER_ITEM = 100_000;

    /** Bytes of lines, before compression, at which a chunk of a queue that others write too is closed; fits an item uncompressed. */
    static final int SHARED_CHUNK_BYTES = EVENT_BYTES_MAX;

    /** How often a commit tries to write the row of an author who has none, before it goes without his write checkpoint. */
    static final int AUTHOR_TRIES_MAX = 5;

    /**
     * How long a commit waits, once, before it makes the row of a bot that has none. A bot of leo-sdk makes its own row just after its
     * first events were taken, and fails if somebody else makes it in the midst of that.
     */
    static final Duration FIRST_ROW_PAUSE = Duration.ofSeconds(1);

    /** Most queues of others whose heads a lane remembers, and most authors whose rows it knows to exist; then it forgets them all. */
    static final int REMEMBERED_MAX = 10_000;

    /** Most bytes of one value inside an item. */
    static final int ITEM_PAYLOAD_BYTES_MAX = Items.ITEM_BYTES_MAX - 4_096;

    /** Bytes of lines, before compression, at which a chunk of a queue, journal or outbox is closed. */
    static final int CHUNK_BYTES = 1_000_000;

    /** Bytes of lines, before compression, at which a record of the outbox is closed. */
    static final int OUTBOX_RUN_BYTES = 350_000;

    /** Most bytes of the state of one key. */
    static final int STATE_BYTES_MAX = 350_000;

    /** Most distinct keys whose events the bot's code may refuse, by throwing, in one batch of one lane; above it the bot is rogue. */
    static final int ROGUE_KEYS_MAX = 10;

    /** Most events that a lane holds back; the oldest gap is passed before there are more. */
    static final int HELD_EVENTS_MAX = 200_000;

    /** Most bytes that a lane holds back. */
    static final int HELD_BYTES_MAX = 64 * 1024 * 1024;

    /** Bytes of held lines, before compression, that are stored together. */
    static final int HELD_PIECE_BYTES = 300_000;

    /** How long an event waits for its predecessors of the same producer. */
    public static final Duration HELD_DEADLINE = Duration.ofSeconds(30);

    /** Most gap ranges remembered per scope, to tell a late event from a repeated one. */
    static final int GAPS_MAX = 32;

    /** Most producers remembered per lane; the one not heard of for longest is forgotten first. */
    static final int MARKS_MAX = 1_000;

    /** Most bytes that the producers of a lane take in its checkpoint; the one not heard of for longest is forgotten first. */
    static final int MARKS_BYTES_MAX = 256 * 1024;

    /** How long a silent producer is remembered: longer than a stream's usual retention. */
    static final Duration MARK_HORIZON = Duration.ofDays(8);

    /** Most shards whose position a lane remembers; the oldest are forgotten first. */
    static final int POSITIONS_MAX = 64;

    /** Bytes of journal, compressed, at which the rows of the state are brought up to date. */
    static final int FOLD_BYTES = 512 * 1024;

    /** Commits in the journal at which the rows are brought up to date. */
    static final int FOLD_COMMITS = 512;

    /** Rows that are brought up to date after a commit, at least, while there are any to do. */
    static final int FOLD_ROWS = 2_000;

    /** Most keys that a warm lane keeps in memory without need. */
    static final int SLOTS_MAX = 300_000;

    /** Most business ids remembered per lane; the oldest are forgotten first. */
    static final int IDS_MAX = 1_000_000;

    /** Bytes of lines decoded before the lanes run over them: bounds the memory of a batch. */
    static final int SLICE_BYTES = 8 * 1024 * 1024;

    /** First wait before a commit or an emission is tried again; doubles up to {@link #BACKOFF_MAX}. */
    static final Duration BACKOFF_FIRST = Duration.ofMillis(20);

    static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

    /** Whether a key is short enough; it may still be empty. */
    public static boolean fitsKey(String key) {
        return key.length() * 3 <= KEY_BYTES_MAX || key.getBytes(StandardCharsets.UTF_8).length <= KEY_BYTES_MAX;
    }

    private Limits() {}
}
