package dev.weir.queue;

import dev.weir.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads an expression, by recursive descent. For one text; not thread-safe. */
final class ExpressionParser {
    private static final int DEPTH_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$-]+");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,99})(\\.\\d{1,100})?([eE][+-]?\\d{1,3})?");
    private static final Pattern PLACE = Pattern.compile("\\d{1,9}");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'");
    private static final Pattern REGEX = Pattern.compile("/((?:[^/\\\\]|\\\\.)++)/(i?)");
    private static final Pattern COMPARISON = Pattern.compile("===?|!==?|<=?|>=?");

    private final String query;
    private int at;
    private int depth;

    ExpressionParser(String query) {
        this.query = query;
    }

    Expression parse() {
        Expression expression = any();
        if (at < query.length()) {
            throw expected("an operator or the end");
        }
        return expression;
    }

    private Expression any() {
        List<Expression> parts = separated("||", this::all);
        return parts.size() == 1 ? parts.getFirst() : new Expression.Any(parts);
    }

    private Expression all() {
        List<Expression> parts = separated("&&", this::not);
        return parts.size() == 1 ? parts.getFirst() : new Expression.All(parts);
    }

    private List<Expression> separated(String operator, Supplier<Expression> part) {
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(part.get());
        } while (take(operator));
        return List.copyOf(parts);
    }

    private Expression not() {
        if (take("!")) {
            return new Expression.Not(deeper(this::not));
        }
        Expression left = operand();
        if (take("=~")) {
            return new Expression.Like(left, regex());
        }
        Matcher operator = match(COMPARISON);
        if (!operator.lookingAt()) {
            return left;
        }
        at = operator.end();
        skipSpace();
        return new Expression.Compared(left, comparison(operator.group()), operand());
    }

    private static Expression.Comparison comparison(String operator) {
        return switch (operator.charAt(0)) {
            case '=' -> Expression.Comparison.EQUAL;
            case '!' -> Expression.Comparison.NOT_EQUAL;
            case '<' -> operator.length() == 1 ? Expression.Comparison.BELOW : Expression.Comparison.AT_MOST;
            default -> operator.length() == 1 ? Expression.Comparison.ABOVE : Expression.Comparison.AT_LEAST;
        };
    }

    private Expression operand() {
        if (take("(")) {
            Expression inner = deeper(this::any);
            if (!take(")")) {
                throw expected("')'");
            }
            return inner;
        }
        if (take("$$")) {
            return path(true);
        }
        return take("$") ? path(false) : literal();
    }

    private Expression path(boolean ofLine) {
        List<Object> steps = new ArrayList<>();
        while (true) {
            if (take(".")) {
                steps.add(token(NAME, "the name of a field"));
            } else if (take("[")) {
                boolean isName = match(STRING).lookingAt();
                steps.add(isName ? string() : Integer.valueOf(token(PLACE, "a place, or a name in quotes")));
                if (!take("]")) {
                    throw expected("']'");
                }
            } else {
                return new Expression.Path(ofLine, List.copyOf(steps));
            }
        }
    }

    private Expression literal() {
        if (match(STRING).lookingAt()) {
            return new Expression.Literal(new Value.Text(string()));
        }
        if (match(NUMBER).lookingAt()) {
            return new Expression.Literal(new Value.Decimal(new BigDecimal(token(NUMBER, "a number"))));
        }
        Matcher word = match(NAME);
        return switch (word.lookingAt() ? word.group() : "") {
            case "true" -> literal(word, new Value.Flag(true));
            case "false" -> literal(word, new Value.Flag(false));
            case "null" -> literal(word, Value.nothing());
            default -> throw expected("a path that begins with $, a string, a number, true, false or null");
        };
    }

    private Expression literal(Matcher word, Value value) {
        at = word.end();
        skipSpace();
        return new Expression.Literal(value);
    }

    /** Escapes are those of JSON; in single quotes also that of the quote itself. */
    private String string() {
        int begin = at;
        String quoted = token(STRING, "a string");
        String inner = quoted.substring(1, quoted.length() - 1);
        String json = quoted.charAt(0) == '"'
                ? quoted
                : "\"" + inner.replace("\\'", "'").replace("\"", "\\\"") + "\"";
        if (Value.of(Json.of(json)) instanceof Value.Text(String text)) {
            return text;
        }
        at = begin;
        throw expected("a string with the escapes of JSON");
    }

    private Pattern regex() {
        Matcher regex = match(REGEX);
        if (!regex.lookingAt()) {
            throw expected("a regular expression between slashes");
        }
        try {
            Pattern pattern = Pattern.compile(
                    regex.group(1).replace("\\/", "/"), regex.group(2).isEmpty() ? 0 : Pattern.CASE_INSENSITIVE);
            at = regex.end();
            skipSpace();
            return pattern;
        } catch (PatternSyntaxException e) {
            throw expected("a regular expression (" + e.getDescription() + ")");
        }
    }

    private Expression deeper(Supplier<Expression> inner) {
        if (++depth > DEPTH_MAX) {
            throw expected("at most " + DEPTH_MAX + " levels");
        }
        Expression expression = inner.get();
        depth--;
        return expression;
    }

    private String token(Pattern pattern, String what) {
        Matcher matcher = match(pattern);
        if (!matcher.lookingAt()) {
            throw expected(what);
        }
        at = matcher.end();
        skipSpace();
        return matcher.group();
    }

    private Matcher match(Pattern pattern) {
        return pattern.matcher(query).region(at, query.length());
    }

    private boolean take(String token) {
        if (!query.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        skipSpace();
        return true;
    }

    private void skipSpace() {
        while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
            at++;
        }
    }

    private QueryException expected(String what) {
        return new QueryException("expected " + what, query, at);
    }
}
