package dev.weir.infra;

import dev.weir.functions.trigger.BotRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A function of a bus: java25 on arm64, restored from a snapshot of its initialised self, with a role, a log and an alias of its own.
 *
 * <p>Who invokes it invokes the alias {@value BotRows#ALIAS}, which is the last version that was deployed: only versions have snapshots.
 */
public final class BotFunction extends Construct {

    /**
     * The first compiler only: with both, a function takes a third longer to its first answer, and what waits for DynamoDB gains nothing by the
     * second. One thread that collects garbage is enough for what a function has.
     */
    static final String JVM_FLAGS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final String bot;
    private final Alias alias;
    private final Role role;

    /**
     * What is different from function to function.
     *
     * @param bot name of the bot
     * @param handler the class
     * @param environment further variables
     * @param permissions besides those that every function has
     */
    record Spec(String bot, String handler, Map<String, String> environment, List<Permission> permissions) {}

    BotFunction(Construct scope, Site site, Spec spec) {
        super(scope, spec.bot());
        this.bot = spec.bot();
        BusConfig config = site.config();
        BotConfig size = config.bot(bot);
        String name = BotRows.functionName(config.bus(), bot);
        LogGroup logs = LogGroup.Builder.create(this, "logs")
                .logGroupName("/aws/lambda/" + name)
                .retention(Retention.of(config.logRetention()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        this.role = role(site, spec, logs.getLogGroupArn());
        Function function = Function.Builder.create(this, "function")
                .functionName(name)
                .description("Weir: " + bot)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(spec.handler())
                .code(site.code())
                .memorySize(size.memoryMb())
                .timeout(Duration.seconds(size.timeout().toSeconds()))
                .environment(environment(config, spec))
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .tracing(Tracing.ACTIVE)
                .logGroup(logs)
                .loggingFormat(LoggingFormat.JSON)
                .applicationLogLevelV2(ApplicationLogLevel.INFO)
                .systemLogLevelV2(SystemLogLevel.WARN)
                .role(role.withoutPolicyUpdates())
                .build();
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias is of a version that is published.");
        this.alias = Alias.Builder.create(this, "alias")
                .aliasName(BotRows.ALIAS)
                .version(function.getCurrentVersion())
                // What a schedule or the bus asked for is asked for again by it; twice at once helps nobody.
                .retryAttempts(0)
                .onFailure(new SqsDestination(site.deadLetters()))
                .build();
    }

    private static Map<String, String> environment(BusConfig config, Spec spec) {
        Map<String, String> variables = new TreeMap<>(spec.environment());
        variables.put("WEIR_BUS", config.prefix());
        variables.put("WEIR_LANES", Integer.toString(config.lanes()));
        variables.put("WEIR_METRICS", "emf");
        variables.put("JAVA_TOOL_OPTIONS", JVM_FLAGS);
        return variables;
    }

    private Role role(Site site, Spec spec, String logs) {
        List<Permission> all = new ArrayList<>();
        all.add(Permission.of("Logs", List.of("logs:CreateLogStream", "logs:PutLogEvents"), logs));
        all.add(Permission.of("Traces", List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"), "*"));
        all.add(Permission.of(
                "DeadLetters", List.of("sqs:SendMessage"), site.deadLetters().getQueueArn()));
        site.usesKey().ifPresent(all::add);
        all.addAll(spec.permissions());
        return Role.Builder.create(this, "role")
                .description("Weir: what the function of " + spec.bot() + " may do")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "permissions",
                        PolicyDocument.Builder.create()
                                .minimize(false)
                                .statements(
                                        all.stream().map(Permission::statement).toList())
                                .build()))
                .build();
    }

    /** The bot that it runs. */
    public String bot() {
        return bot;
    }

    /** By which it is invoked. */
    public Alias alias() {
        return alias;
    }

    /** What it may do is in the role's inline policy. */
    public Role role() {
        return role;
    }
}
