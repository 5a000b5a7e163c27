package dev.weir.infra;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * What calls people when a bus stands still, fails or is throttled: alarms on what AWS itself measures and on what runs tell, and one topic
 * that all of them notify. Nobody subscribes to it here; its name is an output of the stack. Where nothing happens nothing is measured, and
 * that is no alarm. What runs tell has one alarm of each kind for the whole bus, {@link BusAlarms}, since each is paid for; the dashboard and
 * {@code ./weir bots} say which bot it is.
 */
public final class Alarms extends Construct {

    /** Who is given something older than this is behind. */
    static final Duration AGE_MAX = Duration.ofMinutes(1);

    /**
     * The least time for which one age is told. A function tells it once for each run, so a shorter time is empty while a run goes until its
     * time-out, and the alarm would not see the very bot that is stuck.
     */
    static final Duration AGE_WINDOW = Duration.ofMinutes(5);

    /** Of so many windows, {@link #AGE_WINDOWS_BAD} must be bad: a single repeated batch calls nobody. */
    static final int AGE_WINDOWS = 3;

    static final int AGE_WINDOWS_BAD = 2;

    /** Of so many minutes, {@link #MINUTES_BAD} must be bad. */
    static final int MINUTES = 5;

    static final int MINUTES_BAD = 3;

    private static final ServicePrincipal CLOUD_WATCH = new ServicePrincipal("cloudwatch.amazonaws.com");

    private final Watched watched;
    private final Topic topic;
    private final SnsAction notify;
    private int count;

    Alarms(Construct scope, Watched watched) {
        super(scope, "alarms");
        this.watched = watched;
        this.topic = topic(watched.config().prefix());
        this.notify = new SnsAction(topic);
        watched.fed().stream().sorted().forEach(this::age);
        watched.functions().forEach(this::function);
        watched.tables().forEach(this::table);
        if (watched.config().streams() instanceof BusConfig.Streams.Provisioned) {
            watched.streams().forEach(this::stream);
        }
        new BusAlarms(this, watched).all();
        alarm("dead-letters", watched.deadLetters(), 1, "Something failed that nobody does again.");
        CfnOutput.Builder.create(this, "arn")
                .description("The topic of all alarms: subscribe to it")
                .value(topic.getTopicArn())
                .build();
    }

    /** Under a key of its own, since CloudWatch may not use the one that AWS keeps for topics, and would tell nobody. */
    private Topic topic(String prefix) {
        Key key = Key.Builder.create(this, "key")
                .description("Weir: what alarms of the bus " + prefix + " tell")
                .alias(prefix + "-alarms")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsUseTheKey")
                .principals(List.of(CLOUD_WATCH))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
                .resources(List.of("*"))
                .build());
        Topic made = Topic.Builder.create(this, "topic")
                .topicName(prefix + "-alarms")
                .displayName("Alarms of the bus " + prefix)
                .masterKey(key)
                .enforceSsl(true)
                .build();
        // A topic with a policy has no other, so alarms are to be named in it.
        made.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsPublish")
                .principals(List.of(CLOUD_WATCH))
                .actions(List.of("sns:Publish"))
                .resources(List.of(made.getTopicArn()))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                .build());
        return made;
    }

    private void age(String bot) {
        Metric age = watched.ofFunction(bot, "IteratorAge", Watched.MAX)
                .with(MetricOptions.builder().period(window(bot)).build());
        String says = bot + " is behind: what it is given is more than a minute old.";
        alarm("function/" + bot + "/age", age, AGE_MAX.toMillis(), AGE_WINDOWS_BAD, AGE_WINDOWS, says);
    }

    /** Long enough for each to see the end of a run. */
    private software.amazon.awscdk.Duration window(String bot) {
        long seconds = watched.config().bot(bot).timeout().toSeconds();
        long windows = Math.max(1, Math.ceilDiv(seconds, AGE_WINDOW.toSeconds()));
        return software.amazon.awscdk.Duration.minutes(windows * AGE_WINDOW.toMinutes());
    }

    private void function(String bot) {
        // One that runs each hour fails in one minute of sixty.
        int bad = bot.equals(Bus.ARCHIVE) ? 1 : MINUTES_BAD;
        Metric errors = watched.ofFunction(bot, "Errors", Watched.SUM);
        alarm("function/" + bot + "/errors", errors, bad, bot + " fails.");
        Metric throttles = watched.ofFunction(bot, "Throttles", Watched.SUM);
        alarm("function/" + bot + "/throttles", throttles, bad, bot + " is not let run: too much runs at once.");
    }

    private void table(String table) {
        Metric reads = watched.ofTable(table, "ReadThrottleEvents");
        alarm("table/" + table + "/reads", reads, MINUTES_BAD, "Reads of the table " + table + " are throttled.");
        Metric writes = watched.ofTable(table, "WriteThrottleEvents");
        alarm("table/" + table + "/writes", writes, MINUTES_BAD, "Writes of the table " + table + " are throttled.");
    }

    private void stream(String stream) {
        Metric reads = watched.ofStream(stream, "ReadProvisionedThroughputExceeded");
        alarm("stream/" + stream + "/reads", reads, MINUTES_BAD, "Reads of the stream " + stream + " are throttled.");
        Metric writes = watched.ofStream(stream, "WriteProvisionedThroughputExceeded");
        alarm(
                "stream/" + stream + "/writes",
                writes,
                MINUTES_BAD,
                "Puts into the stream " + stream + " are throttled.");
    }

    /** When there was any in so many minutes of {@link #MINUTES}. */
    private void alarm(String name, Metric metric, int bad, String says) {
        alarm(name, metric, 0, bad, MINUTES, says);
    }

    /** When the value is above a bound in some of some periods. */
    void alarm(String name, Metric metric, long above, int bad, int of, String says) {
        builder(name, metric, says)
                .threshold(above)
                .evaluationPeriods(of)
                .datapointsToAlarm(bad)
                .build()
                .addAlarmAction(notify);
    }

    private Alarm.Builder builder(String name, Metric metric, String says) {
        count++;
        return Alarm.Builder.create(this, name.replace('/', '-'))
                .alarmName(watched.config().prefix() + "/" + name)
                .alarmDescription(says + " What to do: docs/deploy.md, What watches it")
                .metric(metric)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData(TreatMissingData.NOT_BREACHING);
    }

    /** How many there are; each is paid for. */
    int count() {
        return count;
    }

    /** Which all alarms notify. */
    public Topic topic() {
        return topic;
    }
}
