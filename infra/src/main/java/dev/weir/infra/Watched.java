package dev.weir.infra;

import static dev.weir.functions.metrics.Metric.BOT;
import static dev.weir.functions.metrics.Metric.BUS;
import static dev.weir.functions.metrics.Metric.NAMESPACE;
import static dev.weir.functions.metrics.Metric.STEP;

import dev.weir.bot.Bot;
import dev.weir.flow.Limits;
import dev.weir.functions.ingest.Ingest;
import dev.weir.functions.metrics.EmfLine;
import dev.weir.functions.trigger.BotRows;
import dev.weir.graph.Graph;
import dev.weir.graph.SequenceRule;
import dev.weir.model.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * What of a bus is measured: by AWS itself, and by the runs of its bots. Immutable; thread-safe.
 *
 * @param functions all, by the name of the bot
 * @param fed those of them that are given records of a stream or changes of a table
 * @param telling those of them whose runs are told
 * @param onQueues bots that read queues
 * @param heldFor how long an event of any bot may wait for its predecessors
 * @param streams logical names
 * @param tables names, without the prefix of the bus
 */
record Watched(
        BusConfig config,
        List<String> functions,
        Set<String> fed,
        List<String> telling,
        List<String> onQueues,
        Duration heldFor,
        List<String> streams,
        List<String> tables) {
    static final software.amazon.awscdk.Duration MINUTE = software.amazon.awscdk.Duration.minutes(1);

    /** How values of a time are made one. */
    static final String SUM = "Sum";

    static final String MAX = "Maximum";

    static final String MIN = "Minimum";

    Watched {
        functions = List.copyOf(functions);
        fed = Set.copyOf(fed);
        telling = List.copyOf(telling);
        onQueues = List.copyOf(onQueues);
        streams = List.copyOf(streams);
        tables = List.copyOf(tables);
    }

    static Watched of(
            BusConfig config, Map<String, BotFunction> functions, Set<String> fed, Store store, List<Bot> bots) {
        int prefix = config.prefix().length() + 1;
        return new Watched(
                config,
                functions.keySet().stream().sorted().toList(),
                fed,
                Stream.concat(Stream.of(Ingest.NAME), bots.stream().map(Bot::name))
                        .sorted()
                        .toList(),
                graphs(bots)
                        .filter(graph -> !graph.source().queues().isEmpty())
                        .map(Graph::name)
                        .sorted()
                        .toList(),
                graphs(bots)
                        .flatMap(graph -> graph.sequences().stream())
                        .map(SequenceRule::deadline)
                        .reduce(Limits.HELD_DEADLINE, (one, other) -> one.compareTo(other) < 0 ? other : one),
                store.streams().keySet().stream().sorted().toList(),
                store.tables().keySet().stream()
                        .map(name -> name.substring(prefix))
                        .sorted()
                        .toList());
    }

    private static Stream<Graph<?, ?, ?>> graphs(List<Bot> bots) {
        return bots.stream().filter(Bot.Reader.class::isInstance).map(bot -> ((Bot.Reader) bot).graph());
    }

    /** Of all bots together, as their runs tell it. */
    Metric ofBus(dev.weir.functions.metrics.Metric metric, String statistic) {
        return told(metric, statistic, Map.of(BUS, EmfLine.value(config.prefix())));
    }

    /** Of one bot, as its runs tell it. */
    Metric ofBot(String bot, dev.weir.functions.metrics.Metric metric, String statistic) {
        return told(metric, statistic, Map.of(BUS, EmfLine.value(config.prefix()), BOT, EmfLine.value(bot)));
    }

    /** Of one step of a bot, as its runs tell it. */
    Metric ofStep(String bot, Step step, dev.weir.functions.metrics.Metric metric, String statistic) {
        return told(
                metric,
                statistic,
                Map.of(BUS, EmfLine.value(config.prefix()), BOT, EmfLine.value(bot), STEP, step.label()));
    }

    private static Metric told(
            dev.weir.functions.metrics.Metric metric, String statistic, Map<String, String> dimensions) {
        return metric(NAMESPACE, metric.label(), statistic, dimensions);
    }

    /** Of all versions of a function, whoever invoked it. */
    Metric ofFunction(String bot, String metric, String statistic) {
        return metric("AWS/Lambda", metric, statistic, "FunctionName", BotRows.functionName(config.bus(), bot));
    }

    Metric ofStream(String logical, String metric) {
        return metric("AWS/Kinesis", metric, SUM, "StreamName", config.bus().stream(logical));
    }

    Metric ofTable(String table, String metric) {
        return metric("AWS/DynamoDB", metric, SUM, "TableName", config.prefix() + "-" + table);
    }

    /** How many dead letters there are. */
    Metric deadLetters() {
        String queue = config.prefix() + "-dead-letters";
        return metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", MAX, "QueueName", queue);
    }

    /** Bytes that a function's log takes in. */
    Metric logs(String bot) {
        String log = "/aws/lambda/" + BotRows.functionName(config.bus(), bot);
        return metric("AWS/Logs", "IncomingBytes", SUM, "LogGroupName", log);
    }

    private static Metric metric(String namespace, String metric, String statistic, String dimension, String of) {
        return metric(namespace, metric, statistic, Map.of(dimension, of));
    }

    private static Metric metric(String namespace, String metric, String statistic, Map<String, String> dimensions) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(metric)
                .dimensionsMap(dimensions)
                .statistic(statistic)
                .period(MINUTE)
                .build();
    }
}
