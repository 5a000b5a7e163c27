package dev.weir.local.cli;

import dev.weir.flow.Bus;
import dev.weir.graph.Names;
import dev.weir.local.bus.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * A bot that is to be made.
 *
 * @param name the bot's; its functions on AWS are named after it
 * @param packageName of its classes
 * @param feed {@code stream} or {@code queue}
 * @param feedName logical name of what it reads
 */
record NewBot(String name, String packageName, String feed, String feedName) {

    /** Names of functions have 64 characters at most, and the bus's prefix and a dash before this one. */
    private static final int NAME_MAX = 39;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern FEED = Pattern.compile("(stream|queue):(.*)");

    /** @throws UsageException if a name is none */
    static NewBot of(String name, String packageName, String reads) {
        if (!NAME.matcher(name).matches() || name.length() > NAME_MAX) {
            throw new UsageException("NAME must be 1 to " + NAME_MAX
                    + " lower-case letters, digits and single dashes, beginning with a letter: NAME=" + name);
        } else if (!SourceVersion.isName(packageName)) {
            throw new UsageException(
                    "--package must be a Java package, and no word of it one of Java's own: --package=" + packageName);
        } else if (packageName.equals("java") || packageName.startsWith("java.")) {
            throw new UsageException("the packages of java are closed to others: --package=" + packageName);
        }
        Matcher feed = FEED.matcher(reads);
        if (!feed.matches()) {
            throw new UsageException("--reads must be stream:NAME or queue:NAME: --reads=" + reads);
        }
        return new NewBot(name, packageName, feed.group(1), feedName(feed.group(1), feed.group(2)));
    }

    private static String feedName(String feed, String name) {
        if (feed.equals("stream") && name.equals(Bus.EVENTS)) {
            throw new UsageException(
                    "into this stream comes what is put into queues, read one of them: --reads=stream:" + name);
        }
        try {
            return Names.checked(feed, name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--reads: " + e.getMessage());
        }
    }

    /** {@code orders-by-customer} as {@code OrdersByCustomer}. */
    String className() {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** The arguments of {@code ./weir put} that put events where it reads. */
    String put() {
        return feed.equals("stream") ? "--stream " + feedName + " --key customer" : feedName;
    }

    /**
     * The words of the template, with what stands for them.
     *
     * @param weirVersion which Weir it is written for
     */
    Map<String, String> words(String weirVersion) {
        return Map.of(
                "groupId", packageName,
                "artifactId", name,
                "version", "0.1.0-SNAPSHOT",
                "package", packageName,
                "className", className(),
                "feed", feed,
                "feedName", feedName,
                "put", put(),
                "weirVersion", weirVersion);
    }
}
