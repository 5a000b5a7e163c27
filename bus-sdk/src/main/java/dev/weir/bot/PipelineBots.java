package dev.weir.bot;

import dev.weir.graph.Puller;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Origin;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import dev.weir.queue.Queues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The bots that a pipeline is made of: one that runs its steps, and one for each way in and out that is no stream and no queue. */
final class PipelineBots {
    private PipelineBots() {}

    static Bot of(Pipeline pipeline) {
        List<Bot> helpers = new ArrayList<>();
        for (Feed<?> feed : pipeline.feeds()) {
            feed.origin().ifPresent(origin -> helpers.add(source(pipeline.name(), feed.name(), origin)));
        }
        for (To.Outside<Object> outside : pipeline.outsides()) {
            helpers.add(exit(outside.queueOf(pipeline.name()), outside));
        }
        return new Bot.Reader(
                pipeline.graph(),
                ports -> pipeline.graph(ports.programs()),
                Optional.of(pipeline),
                pipeline.streams().stream().<Bot.Use>map(Bot.Use.PutsInto::new).toList(),
                helpers);
    }

    // ------------------------------------------------------------------ ways in

    private static Bot source(String bot, String queue, Origin origin) {
        String name = bot + "." + queue;
        return switch (origin) {
            case Origin.Clock(String schedule) ->
                source(name, queue, schedule, List.of(), ports -> new ClockPuller(schedule, ports.time()));
            case Origin.Pulled(String schedule, Puller puller) -> source(name, queue, schedule, List.of(), _ -> puller);
            case Origin.TableChanged(String table) ->
                new Bot.Source(
                        name,
                        queue,
                        origin.schedule(),
                        List.of(table),
                        List.of(),
                        List.of(new Bot.Use.ReadsChanges(table)),
                        ports -> new ChangePuller(ports.changes(), ports.bus().rows(table)));
            case Origin.Objects(String prefix, String schedule) ->
                source(
                        name,
                        queue,
                        schedule,
                        List.of(new Bot.Use.ReadsObjects(prefix)),
                        ports -> new ObjectPuller(ports.objects(), prefix));
        };
    }

    private static Bot source(
            String name, String queue, String schedule, List<Bot.Use> uses, Function<Ports, Puller> runs) {
        return new Bot.Source(name, queue, schedule, List.of(), List.of(), uses, runs);
    }

    // ------------------------------------------------------------------ ways out

    private static Bot exit(String name, To.Outside<Object> outside) {
        return switch (outside) {
            case To.Rows<Object>(String table, Codec<Object> _) ->
                new Bot.Reader(
                        Relay.graph(name, Codec.json(), _ -> {}),
                        ports -> Relay.graph(
                                name, Codec.json(), new RowExit(ports.bus().rows(table), ports.items(), ports.time())),
                        Optional.empty(),
                        List.of(new Bot.Use.WritesRows(table)),
                        List.of());
            case To.Call<Object> call ->
                Bot.of(Relay.graph(name, call.codec(), result -> call.delivery()
                        .deliver(result.value(), result.queue() + "/" + result.eid())));
            case To.Files<Object>(String _, Codec<Object> _, String schedule) ->
                new Bot.Source(
                        name,
                        name + ".files",
                        schedule,
                        List.of(),
                        List.of(name),
                        List.of(new Bot.Use.WritesObjects(FilePuller.prefix(name))),
                        ports -> new FilePuller(
                                new Queues(ports.bus().queueTables(), ports.items(), ports.objects(), ports.time()),
                                ports.objects(),
                                name));
        };
    }
}
