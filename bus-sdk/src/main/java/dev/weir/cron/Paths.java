package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Path;
import dev.weir.queue.QueueName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the parts of a row lie. */
final class Paths {
    static final Path READ = Path.of("checkpoints", "read");
    static final Path WRITE = Path.of("checkpoints", "write");
    static final Path REQUESTED = Path.of("requested_kinesis");
    static final Path INSTANCES = Path.of("instances");
    static final Path TRIGGER = Path.of("trigger");
    static final Path TOKEN = Path.of("token");
    static final Path INVOKE_TIME = Path.of("invokeTime");
    static final Path ERROR_COUNT = Path.of("errorCount");
    static final Path PAUSED = Path.of("paused");
    static final Path IGNORE_PAUSED = Path.of("ignorePaused");
    static final Path LATER = Path.of("scheduledTrigger");
    static final Path SCHEDULED_TIME = Path.of("scheduledTime");
    static final Path MESSAGE = Path.of("message");

    /** Ours alone: other clients know no bots on streams. */
    static final Path STREAM = Path.of("stream");

    static final Attribute EMPTY = Attribute.of(Map.of());

    /** Of a bot that has read and written nothing. */
    static final Attribute CHECKPOINTS = Attribute.of(Map.of("read", EMPTY, "write", EMPTY));

    /** The maps of a row into which others write, with what they begin as: all of them must be there. Outer ones first. */
    static final Map<Path, Attribute> MAPS = maps();

    private Paths() {}

    private static Map<Path, Attribute> maps() {
        Map<Path, Attribute> maps = new LinkedHashMap<>();
        maps.put(Path.of("checkpoints"), CHECKPOINTS);
        maps.put(READ, EMPTY);
        maps.put(WRITE, EMPTY);
        maps.put(REQUESTED, EMPTY);
        maps.put(INSTANCES, EMPTY);
        return Collections.unmodifiableMap(maps);
    }

    /** What lies at a path of a row, or null. */
    static @Nullable Attribute at(Item row, Path path) {
        Attribute value = row.get(path.attribute());
        for (String name : path.names().subList(1, path.names().size())) {
            value = value instanceof Attribute.Struct struct ? struct.value().get(name) : null;
        }
        return value;
    }

    static Path read(QueueName queue) {
        return READ.then(queue.refId());
    }

    static Path write(QueueName queue) {
        return WRITE.then(queue.refId());
    }

    static Path instance(String iid) {
        return INSTANCES.then(iid);
    }
}
