package dev.weir.infra;

import static dev.weir.functions.metrics.Metric.COMMITS;
import static dev.weir.functions.metrics.Metric.CONFLICTS;
import static dev.weir.functions.metrics.Metric.EVENTS;
import static dev.weir.functions.metrics.Metric.FENCED;
import static dev.weir.functions.metrics.Metric.GAPS;
import static dev.weir.functions.metrics.Metric.HELD;
import static dev.weir.functions.metrics.Metric.HELD_AGE;
import static dev.weir.functions.metrics.Metric.ITEMS;
import static dev.weir.functions.metrics.Metric.LAG;
import static dev.weir.functions.metrics.Metric.PARKED;
import static dev.weir.functions.metrics.Metric.ROGUE;

import dev.weir.model.Step;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.SingleValueWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;

/**
 * One page of CloudWatch with what a bus does now: how far behind it is, what runs, fails and waits, what it reads and writes, and what the last
 * hour cost.
 */
public final class Board extends Construct {

    /** A page is so wide. */
    private static final int WIDTH = 24;

    private static final int HEIGHT = 7;

    /** The text beside what the last hour cost, and that itself. */
    private static final int COST_WIDTH = 6;

    Board(Construct scope, Watched watched, CostOfHour cost) {
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
        told(board, watched);
        data(board, watched);
        if (cost.fits()) {
            cost(board, cost);
        }
    }

    /** What runs tell. */
    private static void told(Dashboard board, Watched watched) {
        List<String> bots = watched.telling();
        row(
                board,
                graph("Events that took effect", bots, bot -> watched.ofBot(bot, EVENTS, Watched.SUM)),
                graph("Bots on queues: ms behind", watched.onQueues(), bot -> watched.ofBot(bot, LAG, Watched.MAX)),
                graph("Rogue", bots, bot -> watched.ofBot(bot, ROGUE, Watched.MAX)));
        row(
                board,
                both(
                        "Held events, and for how long, ms",
                        bots,
                        bot -> watched.ofBot(bot, HELD, Watched.MAX),
                        bot -> watched.ofBot(bot, HELD_AGE, Watched.MAX)),
                both(
                        "Parked events, gaps passed",
                        bots,
                        bot -> watched.ofBot(bot, PARKED, Watched.SUM),
                        bot -> watched.ofBot(bot, GAPS, Watched.SUM)));
        row(
                board,
                both(
                        "Lanes fenced, commits tried again",
                        bots,
                        bot -> watched.ofBot(bot, FENCED, Watched.SUM),
                        bot -> watched.ofBot(bot, CONFLICTS, Watched.SUM)),
                both(
                        "Commits, and items of them",
                        bots,
                        bot -> watched.ofStep(bot, Step.COMMIT, COMMITS, Watched.SUM),
                        bot -> watched.ofStep(bot, Step.COMMIT, ITEMS, Watched.SUM)));
    }

    private static void cost(Dashboard board, CostOfHour cost) {
        board.addWidgets(
                TextWidget.Builder.create()
                        .markdown(cost.says())
                        .width(COST_WIDTH)
                        .height(HEIGHT)
                        .build(),
                SingleValueWidget.Builder.create()
                        .title("Cost of the last hour, $")
                        .metrics(List.of(cost.all()))
                        .start("-PT1H")
                        .end("P0D")
                        .setPeriodToTimeRange(true)
                        .fullPrecision(true)
                        .width(COST_WIDTH)
                        .height(HEIGHT)
                        .build(),
                GraphWidget.Builder.create()
                        .title("Cost of each hour, $")
                        .left(cost.parts())
                        .period(CostOfHour.HOUR)
                        .stacked(true)
                        .width(WIDTH - 2 * COST_WIDTH)
                        .height(HEIGHT)
                        .build());
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
