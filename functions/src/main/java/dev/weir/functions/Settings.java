package dev.weir.functions;

import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.model.Digits;
import dev.weir.model.Lanes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a function is told by its environment.
 *
 * <table>
 * <caption>Variables</caption>
 * <tr><th>name</th><th>meaning</th><th>default</th></tr>
 * <tr><td>{@code WEIR_BUS}</td><td>prefix of all resource names</td><td>{@code weir}</td></tr>
 * <tr><td>{@code WEIR_BOT}</td><td>name of the bot that {@link BotFunction} is</td><td>must be given</td></tr>
 * <tr><td>{@code WEIR_INSTANCES}</td><td>over how many copies a bot on queues spreads its lanes</td><td>1</td></tr>
 * <tr><td>{@code WEIR_LANES}</td><td>lanes of the bus's streams; never changes</td><td>1</td></tr>
 * <tr><td>{@code WEIR_RETENTION_DAYS}</td><td>how long events stay in queues</td><td>7</td></tr>
 * <tr><td>{@code WEIR_METRICS}</td><td>{@code emf}: each run prints what it did, in CloudWatch's embedded metric format</td><td>no</td></tr>
 * <tr><td>{@code WEIR_KINESIS_ENDPOINT}</td><td>another Kinesis than AWS's</td><td>AWS</td></tr>
 * <tr><td>{@code WEIR_DYNAMODB_ENDPOINT}</td><td>another DynamoDB than AWS's</td><td>AWS</td></tr>
 * <tr><td>{@code WEIR_S3_ENDPOINT}</td><td>another S3 than AWS's</td><td>AWS</td></tr>
 * </table>
 */
public record Settings(Bus bus, Optional<URI> kinesis, Optional<URI> dynamoDb) {

    private static final int RETENTION_DAYS_MAX = 3_650;
    private static final int INSTANCES_MAX = 1_000;

    /** Reads the variables. Throws {@link IllegalArgumentException} naming the variable and its value if one is not understood. */
    public static Settings from(Map<String, String> environment) {
        int lanes = lanes(environment.getOrDefault("WEIR_LANES", "1"));
        return new Settings(
                new Bus(environment.getOrDefault("WEIR_BUS", "weir"), new Lanes(lanes)),
                Optional.ofNullable(environment.get("WEIR_KINESIS_ENDPOINT")).map(URI::create),
                Optional.ofNullable(environment.get("WEIR_DYNAMODB_ENDPOINT")).map(URI::create));
    }

    /** How long events stay in queues: 1 to 3,650 days. Throws {@link IllegalArgumentException} for anything else. */
    public static Duration retention(Map<String, String> environment) {
        String value = environment.getOrDefault("WEIR_RETENTION_DAYS", "7");
        if (!Digits.areWhole(value)
                || value.length() > 4
                || value.equals("0")
                || Integer.parseInt(value) > RETENTION_DAYS_MAX) {
            throw new IllegalArgumentException(
                    "WEIR_RETENTION_DAYS must be 1 to " + RETENTION_DAYS_MAX + " days: WEIR_RETENTION_DAYS=" + value);
        }
        return Duration.ofDays(Integer.parseInt(value));
    }

    /**
     * The bot of this name.
     *
     * @param bots those that there are
     * @throws IllegalArgumentException if none is named, or another than there are; it says which there are
     */
    public static Bot bot(Map<String, String> environment, List<Bot> bots) {
        String name = environment.getOrDefault("WEIR_BOT", "");
        return bots.stream()
                .filter(bot -> bot.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("WEIR_BOT must be the name of a bot in the jar: WEIR_BOT="
                                + name + " bots="
                                + bots.stream().map(Bot::name).sorted().collect(Collectors.joining(","))));
    }

    /** Over how many copies a bot on queues spreads its lanes: 1 to 1,000. Throws {@link IllegalArgumentException} for anything else. */
    public static int instances(Map<String, String> environment) {
        String value = environment.getOrDefault("WEIR_INSTANCES", "1");
        if (!Digits.areWhole(value)
                || value.length() > 4
                || value.equals("0")
                || Integer.parseInt(value) > INSTANCES_MAX) {
            throw new IllegalArgumentException(
                    "WEIR_INSTANCES must be 1 to " + INSTANCES_MAX + ": WEIR_INSTANCES=" + value);
        }
        return Integer.parseInt(value);
    }

    /** Whether runs are printed. Throws {@link IllegalArgumentException} for anything but {@code emf} and nothing. */
    public static boolean tellsRuns(Map<String, String> environment) {
        String value = environment.getOrDefault("WEIR_METRICS", "");
        if (!value.isEmpty() && !value.equals("emf")) {
            throw new IllegalArgumentException("WEIR_METRICS must be emf or nothing: WEIR_METRICS=" + value);
        }
        return !value.isEmpty();
    }

    /** Another S3 than AWS's; only who reads or writes objects asks. */
    public static Optional<URI> s3(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("WEIR_S3_ENDPOINT")).map(URI::create);
    }

    private static int lanes(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("WEIR_LANES must be a whole number: WEIR_LANES=" + value);
        }
    }
}
