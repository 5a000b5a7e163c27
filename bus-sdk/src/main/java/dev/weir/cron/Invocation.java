package dev.weir.cron;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The invocation of a bot, as its function finds it in {@code __cron}.
 *
 * @param bot id of the bot
 * @param iid which of its instances
 * @param token number of the invocation
 */
public record Invocation(String bot, String iid, long token) {

    /** Reads what a function was given; empty if it was not invoked for a bot. */
    public static Optional<Invocation> parse(byte[] payload) {
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(payload));
        Optional<Invocation> found = Optional.empty();
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            if ("__cron".equals(json.fieldName())) {
                found = cron(json);
            }
        }
        return isObject && json.expectEnd() ? found : Optional.empty();
    }

    private static Optional<Invocation> cron(JsonCursor json) {
        String bot = null;
        String iid = Decide.IID;
        BigDecimal token = null;
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            switch (String.valueOf(json.fieldName())) {
                case "id" -> bot = json.string();
                case "iid" -> {
                    String text = json.string();
                    iid = text == null ? iid : text;
                }
                case "ts" -> token = json.number();
                default -> json.skip();
            }
        }
        return bot == null || bot.isEmpty() || token == null
                ? Optional.empty()
                : Optional.of(new Invocation(bot, iid, token.longValue()));
    }
}
