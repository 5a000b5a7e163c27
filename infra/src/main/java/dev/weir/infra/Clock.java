package dev.weir.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnSchedule.DeadLetterConfigProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.FlexibleTimeWindowProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.RetryPolicyProperty;
import software.amazon.awscdk.services.scheduler.CfnSchedule.TargetProperty;
import software.constructs.Construct;

/** What invokes functions by time: one schedule of EventBridge for each, and one role that may invoke these functions only. */
final class Clock extends Construct {
    static final String EVERY_MINUTE = "rate(1 minute)";
    static final String EVERY_HOUR = "rate(1 hour)";

    /** Tells a bot on a stream that time has passed. */
    static final String TICK = "{\"tick\":true}";

    /** For how long one that could not be delivered is tried again: the next is not far. */
    private static final int AGE_SECONDS_MAX = 60;

    /**
     * One schedule.
     *
     * @param every a rate
     * @param input what the function is given, JSON
     */
    record Tick(BotFunction function, String every, String input) {}

    Clock(Construct scope, Site site, List<Tick> ticks) {
        super(scope, "clock");
        Role role = role(site, ticks);
        for (Tick tick : ticks) {
            CfnSchedule.Builder.create(this, tick.function().bot())
                    .name(site.config().prefix() + "-" + tick.function().bot())
                    .description("Weir: the clock of " + tick.function().bot())
                    .scheduleExpression(tick.every())
                    .flexibleTimeWindow(
                            FlexibleTimeWindowProperty.builder().mode("OFF").build())
                    .target(TargetProperty.builder()
                            .arn(tick.function().alias().getFunctionArn())
                            .roleArn(role.getRoleArn())
                            .input(tick.input())
                            .retryPolicy(RetryPolicyProperty.builder()
                                    .maximumRetryAttempts(1)
                                    .maximumEventAgeInSeconds(AGE_SECONDS_MAX)
                                    .build())
                            .deadLetterConfig(DeadLetterConfigProperty.builder()
                                    .arn(site.deadLetters().getQueueArn())
                                    .build())
                            .build())
                    .build();
        }
    }

    private Role role(Site site, List<Tick> ticks) {
        List<String> functions = ticks.stream()
                .map(tick -> site.arns().function(tick.function().bot()))
                .toList();
        List<Permission> permissions = new ArrayList<>(List.of(
                new Permission("Invoke", List.of("lambda:InvokeFunction"), functions, List.of()),
                Permission.of(
                        "DeadLetters",
                        List.of("sqs:SendMessage"),
                        site.deadLetters().getQueueArn())));
        site.usesKey().ifPresent(permissions::add);
        return Role.Builder.create(this, "role")
                .description("Weir: invokes functions by time")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                        .build())
                .inlinePolicies(Map.of(
                        "permissions",
                        PolicyDocument.Builder.create()
                                .minimize(false)
                                .statements(permissions.stream()
                                        .map(Permission::statement)
                                        .toList())
                                .build()))
                .build();
    }
}
