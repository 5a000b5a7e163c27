package dev.weir.graph;

import java.util.regex.Pattern;

/** Names of bots, steps, streams, queues and tables: letters, digits, dot, dash and underscore, so that they fit every AWS resource name. */
public final class Names {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Names() {}

    /**
     * The name, if it is one.
     *
     * @param what it names, for the message
     * @throws IllegalArgumentException if it is none
     */
    public static String checked(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " name must be 1 to 100 letters, digits, dots, dashes or underscores and begin with a"
                            + " letter or digit: name=" + name);
        }
        return name;
    }
}
