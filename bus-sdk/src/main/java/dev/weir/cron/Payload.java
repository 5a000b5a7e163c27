package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.wire.AttributeJson;
import dev.weir.wire.ByteSink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a bot's function is given, as leo-cron gives it: the row's fields over the bot's settings, and the invocation as {@code __cron}. */
final class Payload {

    /** Fields of a row that a function has no use for. */
    private static final Set<String> KEPT_BACK = Set.of(
            "invocation",
            "triggers",
            "time",
            "fanout",
            "checkpoints",
            "health",
            "lambda",
            "lambdaName",
            "executionType",
            "scheduledTime",
            "ignorePaused");

    private Payload() {}

    /**
     * The JSON of one invocation.
     *
     * @param row as it was just before
     * @param token number of the invocation
     */
    static byte[] of(CronRow row, long token) {
        Map<String, Attribute> fields = new LinkedHashMap<>(settings(row));
        fields.put("id", Attribute.of(row.bot()));
        row.item().attributes().forEach((name, value) -> {
            if (!KEPT_BACK.contains(name)) {
                fields.put(name, value);
            }
        });
        fields.put("trigger", Attribute.of(token));
        fields.put("goals", position(requested(row)));
        fields.put("progress", position(read(row)));
        fields.put("botId", Attribute.of(row.bot()));
        fields.put("lock", Attribute.of(true));
        fields.put("__cron", cron(row, token));
        ByteSink json = new ByteSink();
        AttributeJson.write(Attribute.of(fields), json);
        return json.toBytes();
    }

    private static Attribute cron(CronRow row, long token) {
        Map<String, Attribute> cron = new LinkedHashMap<>();
        cron.put("id", Attribute.of(row.bot()));
        cron.put("iid", Attribute.of(Decide.IID));
        cron.put("ts", Attribute.of(token));
        cron.put("botName", row.item().attributes().getOrDefault("name", Attribute.of(row.bot())));
        cron.put("checkpoints", row.item().attributes().getOrDefault("checkpoints", Paths.CHECKPOINTS));
        cron.put("instances", row.item().attributes().getOrDefault("instances", Paths.EMPTY));
        return Attribute.of(cron);
    }

    private static Map<String, Attribute> settings(CronRow row) {
        return row.item().get("lambda") instanceof Attribute.Struct lambda
                        && lambda.value().get("settings") instanceof Attribute.Sequence all
                        && !all.value().isEmpty()
                        && all.value().getFirst() instanceof Attribute.Struct settings
                ? settings.value()
                : Map.of();
    }

    private static String requested(CronRow row) {
        return row.triggers().stream()
                .limit(1)
                .flatMap(trigger -> row.requested(trigger).stream())
                .findFirst()
                .orElse("");
    }

    private static String read(CronRow row) {
        return row.triggers().stream()
                .limit(1)
                .flatMap(trigger -> row.read(trigger).stream())
                .map(Checkpoint::eid)
                .findFirst()
                .orElse("");
    }

    private static Attribute position(String eid) {
        return eid.isEmpty() ? Paths.EMPTY : Attribute.of(Map.of("queue_position", Attribute.of(eid)));
    }
}
