package dev.weir.local.simulate;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event of the simulation of poison.
 *
 * @param key its key
 * @param n its number in the run; no two events have the same
 * @param to the key that it gives something to
 * @param id its business id, if it has one
 * @param sequence its number among those of its key, if these are numbered
 * @param isPoison whether the bot throws for it
 */
record PoisonEvent(String key, int n, String to, Optional<String> id, OptionalLong sequence, boolean isPoison) {
    private static final Pattern LINE = Pattern.compile("\\{\"key\":\"(\\w+)\",\"n\":(\\d+),\"to\":\"(\\w+)\""
            + "(?:,\"id\":\"(\\w+)\")?(?:,\"sequence\":(\\d+))?(,\"poison\":true)?}");
    private static final int GIFTS = 97;

    /** Its text: {@code {"key":"k3","n":17,"to":"k5","id":"i9","sequence":4,"poison":true}}, without what it has not. */
    String line() {
        StringBuilder line = new StringBuilder("{\"key\":\"" + key + "\",\"n\":" + n + ",\"to\":\"" + to + "\"");
        id.ifPresent(text -> line.append(",\"id\":\"").append(text).append('"'));
        sequence.ifPresent(number -> line.append(",\"sequence\":").append(number));
        return line.append(isPoison ? ",\"poison\":true}" : "}").toString();
    }

    /** What it gives. */
    long gift() {
        return 1L + n % GIFTS;
    }

    static Decoded<PoisonEvent> decode(Json text) {
        Matcher line = LINE.matcher(text.toString());
        if (!line.matches()) {
            return Decoded.refused("not an event");
        }
        OptionalLong sequence =
                line.group(5) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(line.group(5)));
        return Decoded.value(new PoisonEvent(
                line.group(1),
                Integer.parseInt(line.group(2)),
                line.group(3),
                Optional.ofNullable(line.group(4)),
                sequence,
                line.group(6) != null));
    }
}
