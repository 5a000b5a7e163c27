package dev.weir.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A function.
 *
 * @param id logical id
 * @param name physical name, 1 to 64 characters
 * @param handler class of the handler
 * @param environment its variables
 * @param memoryMegabytes 128 to 10,240; Lambda's default is 128
 * @param timeout 1 s to 15 min; Lambda's default is 3 s
 * @param concurrencyMax how many run at once, if that is bounded
 * @param aliases by which it can be invoked besides its name
 */
public record FunctionResource(
        String id,
        String name,
        String handler,
        Map<String, String> environment,
        int memoryMegabytes,
        Duration timeout,
        OptionalInt concurrencyMax,
        List<String> aliases) {
    static final String TYPE = "AWS::Lambda::Function";

    private static final int NAME_CHARS_MAX = 64;
    private static final int MEMORY_MIN = 128;
    private static final int MEMORY_MAX = 10_240;
    private static final int TIMEOUT_SECONDS_DEFAULT = 3;
    private static final int TIMEOUT_SECONDS_MAX = 900;
    private static final int CONCURRENCY_MAX = 1_000;

    /** Bots are compiled for it: an older one does not load them. */
    private static final String RUNTIME = "java25";

    public FunctionResource {
        environment = Map.copyOf(environment);
        aliases = List.copyOf(aliases);
    }

    static FunctionResource of(String id, Properties properties) {
        properties.pass(
                "Architectures",
                "Code",
                "Description",
                "EphemeralStorage",
                "KmsKeyArn",
                "LoggingConfig",
                "Role",
                "SnapStart",
                "Tags",
                "TracingConfig");
        properties.word("Runtime", List.of(RUNTIME));
        String name = properties.text("FunctionName");
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            throw properties.refusal("must have 1 to " + NAME_CHARS_MAX + " characters", "FunctionName", name);
        }
        Map<String, String> environment = properties
                .object("Environment")
                .flatMap(whole -> {
                    var variables = whole.object("Variables").map(Properties::all);
                    whole.end();
                    return variables;
                })
                .orElse(Map.of());
        FunctionResource function = new FunctionResource(
                id,
                name,
                properties.text("Handler"),
                environment,
                properties.numberIfAny("MemorySize", MEMORY_MIN, MEMORY_MAX).orElse(MEMORY_MIN),
                Duration.ofSeconds(properties
                        .numberIfAny("Timeout", 1, TIMEOUT_SECONDS_MAX)
                        .orElse(TIMEOUT_SECONDS_DEFAULT)),
                properties.numberIfAny("ReservedConcurrentExecutions", 1, CONCURRENCY_MAX),
                List.of());
        properties.end();
        return function;
    }

    FunctionResource with(List<String> names) {
        return new FunctionResource(id, name, handler, environment, memoryMegabytes, timeout, concurrencyMax, names);
    }

    /** Whether this is what a reference means. */
    boolean is(FunctionName reference) {
        return name.equals(reference.name())
                && reference.alias().map(aliases::contains).orElse(true);
    }
}
