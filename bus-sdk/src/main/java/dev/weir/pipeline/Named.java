package dev.weir.pipeline;

import java.util.regex.Pattern;

/** Names of steps, streams and queues: letters, digits, dot, dash and underscore, as every AWS resource takes them. */
final class Named {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Named() {}

    static String checked(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " name must be 1 to 100 letters, digits, dots, dashes or underscores and begin with a"
                            + " letter or digit: name=" + name);
        }
        return name;
    }
}
