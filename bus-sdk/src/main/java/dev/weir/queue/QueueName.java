package dev.weir.queue;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a queue, as RStreams refers to it: {@code orders}, {@code queue:orders}, {@code system:shop}, {@code bot:ledger}.
 *
 * @param type what the queue belongs to
 * @param id the name within the type; not empty
 */
public record QueueName(Type type, String id) {

    /** What a queue belongs to. */
    public enum Type {
        /** Itself: the usual case. */
        QUEUE,
        /** A system outside the bus; stored as {@code system.<id>}. */
        SYSTEM,
        /** A bot; stored as {@code bot.<id>}. */
        BOT;

        /** As it is written in references: lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern REFERENCE = Pattern.compile("(system|queue|bot):(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OLD_PREFIX = Pattern.compile("^[seb]_");
    private static final String ARCHIVE = "/_archive";
    private static final String SNAPSHOT = "/_snapshot";

    public QueueName {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a queue must have a name: type=" + type.text() + " id=" + id);
        }
    }

    /** The queue with exactly this key in the tables. */
    public static QueueName of(String key) {
        return new QueueName(Type.QUEUE, key);
    }

    /**
     * Reads a reference by the rules of RStreams: {@code queue:}, {@code system:} or {@code bot:} anywhere in the text begins type and id;
     * otherwise the text names a queue, without a leading {@code s_}, {@code e_} or {@code b_}.
     */
    public static QueueName parse(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        return matcher.find()
                ? new QueueName(Type.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), matcher.group(2))
                : of(OLD_PREFIX.matcher(reference).replaceFirst(""));
    }

    /** The key of the queue in the tables: {@code orders}, {@code system.shop}, {@code bot.ledger}. */
    public String key() {
        String prefix = type.text() + ".";
        return type == Type.QUEUE || id.startsWith(prefix) ? id : prefix + id;
    }

    /** The name in checkpoints: {@code queue:orders}. */
    public String refId() {
        return type.text() + ":" + id;
    }

    /** A sub-queue, for example that of a lane: {@code transfers.decided.3}. */
    public QueueName sub(String name) {
        return of(key() + "." + name);
    }

    /** Key of the queue's archive. */
    String archiveKey() {
        return key() + ARCHIVE;
    }

    /** Key of the queue's snapshots. */
    String snapshotKey() {
        return key() + SNAPSHOT;
    }

    /** Whether a key names the archive or the snapshots of another queue, or what else RStreams hangs on one. */
    static boolean isPartOfAnother(String key) {
        return key.contains("/_");
    }

    @Override
    public String toString() {
        return key();
    }
}
