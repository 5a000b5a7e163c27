package dev.weir.functions;

import dev.weir.flow.Bus;
import dev.weir.model.Lanes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a function is told by its environment.
 *
 * <table>
 * <caption>Variables</caption>
 * <tr><th>name</th><th>meaning</th><th>default</th></tr>
 * <tr><td>{@code WEIR_BUS}</td><td>prefix of all resource names</td><td>{@code weir}</td></tr>
 * <tr><td>{@code WEIR_LANES}</td><td>lanes of the bus's streams; never changes</td><td>1</td></tr>
 * <tr><td>{@code WEIR_KINESIS_ENDPOINT}</td><td>another Kinesis than AWS's</td><td>AWS</td></tr>
 * <tr><td>{@code WEIR_DYNAMODB_ENDPOINT}</td><td>another DynamoDB than AWS's</td><td>AWS</td></tr>
 * </table>
 */
public record Settings(Bus bus, Optional<URI> kinesis, Optional<URI> dynamoDb) {

    /** Reads the variables. Throws {@link IllegalArgumentException} naming the variable and its value if one is not understood. */
    public static Settings from(Map<String, String> environment) {
        int lanes = lanes(environment.getOrDefault("WEIR_LANES", "1"));
        return new Settings(
                new Bus(environment.getOrDefault("WEIR_BUS", "weir"), new Lanes(lanes)),
                Optional.ofNullable(environment.get("WEIR_KINESIS_ENDPOINT")).map(URI::create),
                Optional.ofNullable(environment.get("WEIR_DYNAMODB_ENDPOINT")).map(URI::create));
    }

    private static int lanes(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("WEIR_LANES must be a whole number: WEIR_LANES=" + value);
        }
    }
}
