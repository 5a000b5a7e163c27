package dev.weir.local.template;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what a function is invoked: its name and, if it has one, an alias.
 *
 * @param name without the alias
 */
public record FunctionName(String name, Optional<String> alias) {
    private static final String FUNCTION = ":function:";
    private static final Pattern COLON = Pattern.compile(":");

    /** Reads {@code name}, {@code name:alias}, or an ARN that ends so. */
    static FunctionName of(String text) {
        int arn = text.indexOf(FUNCTION);
        String[] parts = COLON.split(arn < 0 ? text : text.substring(arn + FUNCTION.length()), 2);
        return new FunctionName(parts[0], parts.length < 2 ? Optional.empty() : Optional.of(parts[1]));
    }

    /** As functions are invoked. */
    public String text() {
        return alias.map(version -> name + ":" + version).orElse(name);
    }
}
