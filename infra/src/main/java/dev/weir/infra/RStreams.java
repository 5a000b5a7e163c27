package dev.weir.infra;

import dev.weir.flow.Bus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/**
 * How programs with {@code leo-sdk} find the bus and what they may do on it: a configuration in Secrets Manager, where {@code
 * RSTREAMS_CONFIG_SECRET} looks for it, the same as a parameter, and a policy to attach to their roles. It is made of names; there is no
 * secret in it.
 */
final class RStreams extends Construct {

    RStreams(Construct scope, Site site) {
        super(scope, "rstreams");
        String prefix = site.config().prefix();
        Stack stack = Stack.of(this);
        String json = stack.toJsonString(resources(site.arns()));
        String name = prefix + "-rstreams";
        CfnSecret secret = CfnSecret.Builder.create(this, "config")
                .name(name)
                .description("Where RStreams clients find the bus " + prefix + ". Names, no secret.")
                .secretString(json)
                .build();
        StringParameter.Builder.create(this, "parameter")
                .parameterName("/" + prefix + "/rstreams")
                .description("Where RStreams clients find the bus " + prefix)
                .stringValue(json)
                .build();
        ManagedPolicy policy = ManagedPolicy.Builder.create(this, "client")
                .managedPolicyName(prefix + "-rstreams-client")
                .description("What a program with leo-sdk does on the bus " + prefix)
                .statements(Stream.concat(permissions(site.arns(), secret.getRef()).stream(), site.usesKey().stream())
                        .map(Permission::statement)
                        .toList())
                .build();
        CfnOutput.Builder.create(this, "secret")
                .description("RSTREAMS_CONFIG_SECRET of programs with leo-sdk")
                .value(name)
                .build();
        CfnOutput.Builder.create(this, "policy")
                .description("To attach to the roles of programs with leo-sdk")
                .value(policy.getManagedPolicyArn())
                .build();
    }

    private static Map<String, String> resources(Arns arns) {
        Bus bus = arns.bus();
        Map<String, String> resources = new TreeMap<>();
        resources.put("Region", arns.region());
        resources.put("LeoStream", bus.queues().name());
        resources.put("LeoEvent", bus.heads().name());
        resources.put("LeoCron", bus.cron().name());
        resources.put("LeoSettings", bus.settings().name());
        resources.put("LeoSystem", bus.system().name());
        resources.put("LeoS3", bus.bucket());
        resources.put("LeoKinesisStream", bus.stream(Bus.EVENTS));
        // The client insists on one, and uses it only if it is told to.
        resources.put("LeoFirehoseStream", bus.prefix() + "-firehose");
        return resources;
    }

    private static List<Permission> permissions(Arns arns, String secret) {
        Bus bus = arns.bus();
        List<String> tables = List.of(
                arns.table(bus.queues()),
                arns.table(bus.heads()),
                arns.table(bus.cron()),
                arns.table(bus.settings()),
                arns.table(bus.system()));
        return List.of(
                Permission.of("Config", List.of("secretsmanager:GetSecretValue"), secret),
                new Permission(
                        "Read",
                        List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"),
                        tables,
                        List.of()),
                new Permission(
                        "Checkpoints",
                        List.of("dynamodb:PutItem", "dynamodb:UpdateItem"),
                        List.of(arns.table(bus.cron()), arns.table(bus.settings())),
                        List.of()),
                Permission.of(
                        "Put",
                        List.of("kinesis:DescribeStream", "kinesis:PutRecord", "kinesis:PutRecords"),
                        arns.stream(Bus.EVENTS)),
                Permission.of("Objects", List.of("s3:GetObject", "s3:PutObject"), arns.objects("bus/*")),
                Permission.of("ListObjects", List.of("s3:ListBucket"), arns.bucket()));
    }
}
