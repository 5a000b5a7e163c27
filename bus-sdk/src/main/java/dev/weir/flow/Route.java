package dev.weir.flow;

import java.util.Comparator;

/**
 * Where a lane sends records: a lane of a stream. Each has numbers of its own.
 *
 * @param stream logical name of another stream; empty for that of the bot itself
 * @param lane of that stream
 */
record Route(String stream, int lane) implements Comparable<Route> {
    private static final Comparator<Route> ORDER =
            Comparator.comparing(Route::stream).thenComparingInt(Route::lane);

    /** To a lane of the bot itself. */
    static Route own(int lane) {
        return new Route("", lane);
    }

    boolean isOwn() {
        return stream.isEmpty();
    }

    /** {@code 3}, or {@code orders/3} for another stream. */
    String text() {
        return isOwn() ? Integer.toString(lane) : stream + "/" + lane;
    }

    static Route parse(String text) {
        int slash = text.indexOf('/');
        return new Route(text.substring(0, Math.max(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(Route other) {
        return ORDER.compare(this, other);
    }
}
