package dev.weir.local.up;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.bot.Bot;
import dev.weir.functions.BotFunction;
import dev.weir.functions.Settings;
import dev.weir.functions.Wiring;
import dev.weir.functions.archive.ArchiveHandler;
import dev.weir.functions.ingest.IngestHandler;
import dev.weir.functions.ingest.IngestTick;
import dev.weir.functions.trigger.BotRows;
import dev.weir.functions.trigger.CronHandler;
import dev.weir.functions.trigger.CronTick;
import dev.weir.functions.trigger.HeadsHandler;
import dev.weir.functions.trigger.TriggerWiring;
import dev.weir.local.bus.UsageException;
import dev.weir.local.template.FunctionResource;
import dev.weir.port.Invoker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes handlers by the names of their classes, from the variables that a template gives them. On Lambda each reads them from its process;
 * here all are in one. Thread-safe.
 *
 * @param bots those that are deployed, helpers too
 */
record Handlers(List<Bot> bots) {
    private static final String CRON_TICK = CronTick.class.getName();

    private static final Map<String, Maker> MAKERS = Map.of(
            BotFunction.class.getName(),
            (told, wiring, invoker, bots) ->
                    new BotFunction(Settings.bot(told, bots), wiring, invoker, Settings.instances(told)),
            IngestHandler.class.getName(),
            (told, wiring, _, _) -> new IngestHandler(wiring, Settings.retention(told)),
            IngestTick.class.getName(),
            (told, wiring, _, _) -> new IngestTick(wiring, Settings.retention(told)),
            ArchiveHandler.class.getName(),
            (_, wiring, _, _) -> new ArchiveHandler(wiring, wiring.ports().objects()),
            HeadsHandler.class.getName(),
            (_, wiring, invoker, _) -> new HeadsHandler(TriggerWiring.of(wiring, invoker)),
            CronHandler.class.getName(),
            (_, wiring, invoker, _) -> new CronHandler(TriggerWiring.of(wiring, invoker)),
            CRON_TICK,
            (_, wiring, invoker, bots) ->
                    new CronTick(TriggerWiring.of(wiring, invoker), Optional.of(new BotRows(wiring, bots))));

    /** One kind of handler. */
    @FunctionalInterface
    private interface Maker {
        RequestStreamHandler make(Map<String, String> environment, Wiring wiring, Invoker invoker, List<Bot> bots);
    }

    /**
     * Looks whether a function can be made, before anything is started.
     *
     * @throws UsageException if its handler is not there, or it is not told what it must be
     */
    void require(FunctionResource function) {
        if (!MAKERS.containsKey(function.handler())) {
            throw refusal(
                    "no such handler, it must be one of " + String.join(", ", new TreeSet<>(MAKERS.keySet())),
                    function,
                    function.handler());
        }
        try {
            Map<String, String> told = function.environment();
            if (function.handler().equals(BotFunction.class.getName())) {
                var _ = Settings.bot(told, bots);
                var _ = Settings.instances(told);
            }
            var _ = Settings.from(told);
            var _ = Settings.retention(told);
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()), function, function.handler());
        }
    }

    private static UsageException refusal(String rule, FunctionResource function, String handler) {
        return new UsageException(rule + ": resource=" + function.id() + " type=AWS::Lambda::Function function="
                + function.name() + " Handler=" + handler);
    }

    /** A handler of a function that can be made. */
    RequestStreamHandler make(FunctionResource function, Wiring wiring, Invoker invoker) {
        Maker maker = MAKERS.get(function.handler());
        if (maker == null) {
            throw new IllegalStateException("was not looked at before: handler=" + function.handler());
        }
        return maker.make(function.environment(), wiring, invoker, bots);
    }

    /** Whether it sees to the rows of the bots, by which tools know them. */
    static boolean registersBots(FunctionResource function) {
        return function.handler().equals(CRON_TICK);
    }
}
