package dev.weir.queue;

import java.nio.charset.StandardCharsets;

/**
 * What somebody looks for in a queue. Thread-safe.
 *
 * <table>
 * <caption>Queries as text</caption>
 * <tr><th>text</th><th>finds</th></tr>
 * <tr><td>{@code z/2026/11/20}</td><td>events whose id begins so</td></tr>
 * <tr><td>{@code $.status == "raining" && $.lines[0].amount >= 10}</td><td>events whose payload is like that; {@code $$} is the whole line</td></tr>
 * <tr><td>anything else</td><td>events whose line contains the text, as it is</td></tr>
 * </table>
 *
 * <p>An expression knows paths ({@code $.a["b c"][0]}), strings in either quotes, numbers (compared exactly), {@code true}, {@code false},
 * {@code null}, the comparisons {@code == != < <= > >=} and {@code =~ /regular expression/i}, and {@code && || !} with parentheses. What is not
 * there equals {@code null}; values of two types are not equal, and neither is below the other. A path alone holds if there is a value that is not
 * {@code null}, {@code false}, {@code 0} or an empty string.
 */
public sealed interface Query {

    /** Most characters of a query. */
    int CHARS_MAX = 10_000;

    /** Whether an event is what is looked for. */
    boolean matches(QueueEvent event);

    /** Events whose id begins so. */
    record Id(String prefix) implements Query {
        @Override
        public boolean matches(QueueEvent event) {
            return event.eid().startsWith(prefix);
        }
    }

    /** Events whose line contains the text. */
    record Text(String text) implements Query {
        @Override
        public boolean matches(QueueEvent event) {
            return contains(
                    event.line().array(),
                    event.line().from(),
                    event.line().to(),
                    text.getBytes(StandardCharsets.UTF_8));
        }

        private static boolean contains(byte[] line, int from, int to, byte[] part) {
            for (int at = from; at + part.length <= to; at++) {
                int i = 0;
                while (i < part.length && line[at + i] == part[i]) {
                    i++;
                }
                if (i == part.length) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Events for which an expression holds. */
    record Where(Expression expression) implements Query {
        @Override
        public boolean matches(QueueEvent event) {
            return expression.value(event).isTrue();
        }
    }

    /**
     * Reads a query.
     *
     * @throws QueryException if it begins like an expression and is none, or is too long
     */
    static Query parse(String text) {
        String query = text.strip();
        if (query.length() > CHARS_MAX) {
            throw new QueryException(
                    "at most " + CHARS_MAX + " characters", query.substring(0, 100) + "...", CHARS_MAX);
        }
        if (query.startsWith(Position.EIDS) || query.startsWith(Position.SNAPSHOTS)) {
            return new Id(query);
        }
        boolean isExpression = !query.isEmpty() && "$(!".indexOf(query.charAt(0)) >= 0;
        return isExpression ? new Where(new ExpressionParser(query).parse()) : new Text(query);
    }
}
