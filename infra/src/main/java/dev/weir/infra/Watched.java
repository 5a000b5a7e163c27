package dev.weir.infra;

import dev.weir.functions.trigger.BotRows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * What of a bus AWS itself measures. Immutable; thread-safe.
 *
 * @param functions all, by the name of the bot
 * @param fed those of them that are given records of a stream or changes of a table
 * @param streams logical names
 * @param tables names, without the prefix of the bus
 */
record Watched(BusConfig config, List<String> functions, Set<String> fed, List<String> streams, List<String> tables) {
    static final Duration MINUTE = Duration.minutes(1);

    /** How values of a time are made one. */
    static final String SUM = "Sum";

    static final String MAX = "Maximum";

    Watched {
        functions = List.copyOf(functions);
        fed = Set.copyOf(fed);
        streams = List.copyOf(streams);
        tables = List.copyOf(tables);
    }

    static Watched of(BusConfig config, Map<String, BotFunction> functions, Set<String> fed, Store store) {
        int prefix = config.prefix().length() + 1;
        return new Watched(
                config,
                functions.keySet().stream().sorted().toList(),
                fed,
                store.streams().keySet().stream().sorted().toList(),
                store.tables().keySet().stream()
                        .map(name -> name.substring(prefix))
                        .sorted()
                        .toList());
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

    private static Metric metric(String namespace, String metric, String statistic, String dimension, String of) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(metric)
                .dimensionsMap(Map.of(dimension, of))
                .statistic(statistic)
                .period(MINUTE)
                .build();
    }
}
