package dev.weir.infra;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.infra.BusConfig.Encryption;
import dev.weir.infra.lint.Finding;
import dev.weir.infra.lint.Lint;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;

/**
 * The CDK application: one stack, with all bots that are found on the class path. What can be chosen without code is context, or a variable of
 * the environment:
 *
 * <table>
 * <caption>Choices</caption>
 * <tr><th>context</th><th>variable</th><th>meaning</th><th>default</th></tr>
 * <tr><td>{@code prefix}</td><td>{@code WEIR_BUS}</td><td>begins all names; one of them is that of a bucket, which is unique in the world</td><td>{@code weir}</td></tr>
 * <tr><td>{@code lanes}</td><td>{@code WEIR_LANES}</td><td>lanes of the streams; never changes</td><td>1</td></tr>
 * <tr><td>{@code shards}</td><td>{@code WEIR_SHARDS}</td><td>a number, or {@code on-demand}</td><td>1</td></tr>
 * <tr><td>{@code retention-days}</td><td>{@code WEIR_RETENTION_DAYS}</td><td>how long queues and streams keep events</td><td>7</td></tr>
 * <tr><td>{@code keep-data}</td><td>{@code WEIR_KEEP_DATA}</td><td>whether data stays when the stack is deleted</td><td>{@code true}</td></tr>
 * <tr><td>{@code key}</td><td>{@code WEIR_KEY}</td><td>{@code aws}, or {@code customer} for a key of the account's own</td><td>{@code aws}</td></tr>
 * <tr><td>{@code jar}</td><td>{@code WEIR_FUNCTIONS_JAR}</td><td>what is deployed</td><td>{@code ../functions/target/weir-functions.jar}</td></tr>
 * </table>
 *
 * <p>Who wants more, such as the size of one bot, writes an application of his own with {@link #stack}.
 */
public final class WeirApp {
    private static final int STREAM_DAYS_MAX = 365;

    /** The process ends with it if somebody who deploys can mend what is wrong. */
    private static final int MISTAKE = 2;

    private WeirApp() {}

    /** What {@code cdk synth} starts. Ends with 2 and one message if what was chosen, or a bot, cannot be. */
    public static void main(String[] args) {
        int status = run(WeirApp::synthesize, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Tells a mistake in one message; the result is what the process ends with. */
    static int run(Runnable synthesis, PrintStream err) {
        try {
            synthesis.run();
            return 0;
        } catch (IllegalArgumentException | IllegalStateException mistake) {
            err.println("weir: " + mistake.getMessage());
            return MISTAKE;
        }
    }

    private static void synthesize() {
        App app = new App();
        Choices choices = new Choices(
                name -> Optional.ofNullable(app.getNode().tryGetContext(name)).map(String::valueOf), System.getenv());
        Path jar = Path.of(choices.text("jar", "WEIR_FUNCTIONS_JAR", "../functions/target/weir-functions.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("there is no jar to deploy; build it with mvn package, or name another"
                    + " with -c jar=FILE: jar=" + jar);
        }
        BusConfig config = choices.config();
        List<Bot> bots = BotProvider.found();
        look(Lint.check(bots, config, OwnBots.declared()), System.err);
        stack(app, config, thatRun(bots, System.err), Code.fromAsset(jar.toString()));
        app.synth();
    }

    /** Leaves out, and says so, what starts programs: Lambda's Java runtime has none. */
    static List<Bot> thatRun(List<Bot> bots, PrintStream err) {
        return bots.stream()
                .filter(bot -> {
                    if (bot.startsPrograms()) {
                        err.println(
                                "weir: a bot is left out, since it starts a program, which Lambda's Java runtime does not"
                                        + " have; deploy it as an image that has it: bot=" + bot.name());
                    }
                    return !bot.startsPrograms();
                })
                .toList();
    }

    /** Prints what is doubtful, and refuses what is wrong. */
    static void look(List<Finding> findings, PrintStream err) {
        findings.stream().filter(finding -> !finding.isError()).forEach(finding -> err.println(finding.text()));
        Lint.refuseErrors(findings);
    }

    /**
     * A stack with one bus.
     *
     * @param bots all of them, helpers too
     */
    public static Bus stack(App app, BusConfig config, List<Bot> bots, Code jar) {
        Stack stack = Stack.Builder.create(app, config.prefix())
                .description("Weir: the bus " + config.prefix())
                .terminationProtection(config.keepData())
                .build();
        return new Bus(stack, config, bots, jar);
    }

    /**
     * What was chosen.
     *
     * @param context of the application
     */
    record Choices(Function<String, Optional<String>> context, Map<String, String> environment) {

        String text(String name, String variable, String otherwise) {
            return context.apply(name)
                    .or(() -> Optional.ofNullable(environment.get(variable)))
                    .orElse(otherwise);
        }

        BusConfig config() {
            int days = number("retention-days", "WEIR_RETENTION_DAYS", "7");
            return BusConfig.of(text("prefix", "WEIR_BUS", "weir"))
                    .withLanes(number("lanes", "WEIR_LANES", "1"))
                    .withStreams(streams(text("shards", "WEIR_SHARDS", "1")))
                    .withQueueRetention(Duration.ofDays(days))
                    .withStreamRetention(Duration.ofDays(Math.min(days, STREAM_DAYS_MAX)))
                    .withKeepData(isYes("keep-data", "WEIR_KEEP_DATA"))
                    .withEncryption(encryption(text("key", "WEIR_KEY", "aws")));
        }

        private BusConfig.Streams streams(String shards) {
            return shards.equals("on-demand")
                    ? new BusConfig.Streams.OnDemand()
                    : new BusConfig.Streams.Provisioned(number("shards", "WEIR_SHARDS", "1"));
        }

        private static Encryption encryption(String key) {
            return switch (key) {
                case "aws" -> Encryption.AWS_MANAGED;
                case "customer" -> Encryption.CUSTOMER_KEY;
                default -> throw new IllegalArgumentException("key must be aws or customer: key=" + key);
            };
        }

        private boolean isYes(String name, String variable) {
            String value = text(name, variable, "true");
            return switch (value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(name + " must be true or false: " + name + "=" + value);
            };
        }

        private int number(String name, String variable, String otherwise) {
            String value = text(name, variable, otherwise);
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException(name + " must be a whole number: " + name + "=" + value);
            }
        }
    }
}
