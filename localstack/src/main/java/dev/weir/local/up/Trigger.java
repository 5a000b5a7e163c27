package dev.weir.local.up;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.functions.trigger.CronHandler;
import dev.weir.functions.trigger.CronTick;
import dev.weir.functions.trigger.HeadsHandler;
import dev.weir.functions.trigger.TriggerWiring;
import dev.weir.local.bus.Closing;
import dev.weir.local.feed.TableFeed;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.mapping.Positions;
import dev.weir.port.Invoker;
import dev.weir.port.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Wakes bots when their queues have something new, and runs those that are to run: the functions of {@code dev.weir.functions.trigger}
 * behind the changes of the tables of heads and of bots, and on a schedule.
 */
final class Trigger {

    /** So much time lets the scheduled function look once. On AWS it looks for nearly a minute, since no schedule is shorter. */
    private static final Duration ONE_LOOK = Duration.ofMillis(5_500);

    private static final Duration LOOK_PERIOD = Duration.ofSeconds(1);

    private final TableFeed heads;
    private final TableFeed rows;
    private final FunctionInvoker tick;
    private final Parts parts;
    private final Consumer<String> log;

    /** By table, whom its changes are given to. */
    private final Map<Table, List<FunctionInvoker>> followers = new LinkedHashMap<>();

    /** @param closing stops it, before what it runs */
    Trigger(Connection connection, Invoker invoker, Optional<Path> data, Consumer<String> log, Closing closing) {
        TriggerWiring wiring = TriggerWiring.of(connection.wiring(), invoker);
        this.parts = new Parts(connection, data, log, closing);
        this.rows = parts.feed(connection.bus().cron(), new CronHandler(wiring), () -> {});
        this.heads = parts.feed(connection.bus().heads(), new HeadsHandler(wiring), rows::wake);
        this.tick = parts.function(new CronTick(wiring), ONE_LOOK);
        this.log = log;
    }

    /** Has the changes of a table given to a function; before the start. */
    void giveChanges(Table table, FunctionInvoker function) {
        followers.computeIfAbsent(table, _ -> new ArrayList<>()).add(function);
    }

    /** Starts it; {@code closing} stops it. */
    void start(Closing closing) {
        followers.forEach(
                (table, functions) -> closing.add(parts.feed(table, event -> giveAll(functions, event), rows::wake)
                        .start()));
        closing.add(rows.start());
        closing.add(heads.start());
        closing.add(Schedule.start("cron-tick", Duration.ZERO, LOOK_PERIOD, tick, log));
    }

    private static byte[] giveAll(List<FunctionInvoker> functions, byte[] event) throws FunctionErrorException {
        for (FunctionInvoker function : functions) {
            var _ = function.invoke(event);
        }
        return new byte[0];
    }

    /** Somebody in this process has written to queues: no need to wait until that is found out. */
    void wake() {
        heads.wake();
    }

    /** What its parts are made of. */
    private record Parts(Connection connection, Optional<Path> data, Consumer<String> log, Closing closing) {

        /** @param after is called when the function has been through some changes */
        TableFeed feed(Table table, RequestStreamHandler handler, Runnable after) {
            return feed(table, function(handler, FunctionSettings.TIMEOUT_MAX), after);
        }

        TableFeed feed(Table table, FunctionInvoker function, Runnable after) {
            String stream = connection
                    .dynamoDb()
                    .describeTable(describe -> describe.tableName(table.name()))
                    .table()
                    .latestStreamArn();
            Positions positions = Positions.in(data, "feed-" + table.name());
            FunctionInvoker telling = event -> {
                byte[] answer = function.invoke(event);
                after.run();
                return answer;
            };
            return new TableFeed(connection.dynamoDbStreams(), stream, Up.REGION, telling, positions, log);
        }

        InProcessFunction function(RequestStreamHandler handler, Duration timeout) {
            String name = handler.getClass().getSimpleName();
            FunctionSettings settings =
                    FunctionSettings.of(name, handler.getClass().getName()).timingOutAfter(timeout);
            return closing.add(new InProcessFunction(settings, () -> handler, log));
        }
    }
}
