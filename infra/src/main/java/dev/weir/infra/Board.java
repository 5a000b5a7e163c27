package dev.weir.infra;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** One page of CloudWatch with what a bus does now: how far behind it is, what runs, fails and waits, and what it reads and writes. */
public final class Board extends Construct {

    /** A page is so wide. */
    private static final int WIDTH = 24;

    private static final int HEIGHT = 7;

    Board(Construct scope, Watched watched) {
        super(scope, "board");
        List<String> functions = watched.functions();
        List<String> fed = watched.fed().stream().sorted().toList();
        Dashboard board = Dashboard.Builder.create(this, "dashboard")
                .dashboardName(watched.config().prefix() + "-bus")
                .build();
        row(
                board,
                graph(
                        "Age of what functions are given, ms",
                        fed,
                        bot -> watched.ofFunction(bot, "IteratorAge", Watched.MAX)),
                graph("Dead letters", List.of("dead letters"), _ -> watched.deadLetters()));
        row(
                board,
                graph("Invocations", functions, bot -> watched.ofFunction(bot, "Invocations", Watched.SUM)),
                graph("Errors", functions, bot -> watched.ofFunction(bot, "Errors", Watched.SUM)));
        row(
                board,
                graph("Longest run, ms", functions, bot -> watched.ofFunction(bot, "Duration", Watched.MAX)),
                graph("Not let run", functions, bot -> watched.ofFunction(bot, "Throttles", Watched.SUM)));
        data(board, watched);
    }

    private static void data(Dashboard board, Watched watched) {
        List<String> streams = watched.streams();
        List<String> tables = watched.tables();
        row(
                board,
                graph("Records put into streams", streams, stream -> watched.ofStream(stream, "IncomingRecords")),
                both(
                        "Throttled at streams: reads, puts",
                        streams,
                        stream -> watched.ofStream(stream, "ReadProvisionedThroughputExceeded"),
                        stream -> watched.ofStream(stream, "WriteProvisionedThroughputExceeded")));
        row(
                board,
                graph("Read units of tables", tables, table -> watched.ofTable(table, "ConsumedReadCapacityUnits")),
                graph("Write units of tables", tables, table -> watched.ofTable(table, "ConsumedWriteCapacityUnits")),
                both(
                        "Throttled at tables: reads, writes",
                        tables,
                        table -> watched.ofTable(table, "ReadThrottleEvents"),
                        table -> watched.ofTable(table, "WriteThrottleEvents")));
    }

    private static void row(Dashboard board, GraphWidget.Builder... graphs) {
        board.addWidgets(Stream.of(graphs)
                .map(graph -> graph.width(WIDTH / graphs.length).height(HEIGHT).build())
                .toArray(GraphWidget[]::new));
    }

    private static GraphWidget.Builder graph(String title, List<String> names, Function<String, Metric> metric) {
        return GraphWidget.Builder.create().title(title).period(Watched.MINUTE).left(named(names, metric));
    }

    /** The second kind on the right. */
    private static GraphWidget.Builder both(
            String title, List<String> names, Function<String, Metric> left, Function<String, Metric> right) {
        return graph(title, names, left).right(named(names, right));
    }

    private static List<Metric> named(List<String> names, Function<String, Metric> metric) {
        return names.stream()
                .map(name -> metric.apply(name)
                        .with(MetricOptions.builder().label(name).build()))
                .toList();
    }
}
