package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.bot.Bot;
import dev.weir.bot.Ports;
import dev.weir.cron.CronRows;
import dev.weir.functions.BotFunction;
import dev.weir.functions.Wiring;
import dev.weir.functions.archive.ArchiveHandler;
import dev.weir.functions.examples.OrderDesk;
import dev.weir.functions.examples.PriceBoard;
import dev.weir.functions.ingest.IngestHandler;
import dev.weir.functions.ingest.IngestTick;
import dev.weir.functions.trigger.BotRows;
import dev.weir.functions.trigger.CronHandler;
import dev.weir.functions.trigger.CronTick;
import dev.weir.functions.trigger.HeadsHandler;
import dev.weir.functions.trigger.TriggerWiring;
import dev.weir.graph.Source.From;
import dev.weir.model.Json;
import dev.weir.model.Record;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole bus in memory, its real functions each under the policy that is in the template: what a policy forgets is found here, and not by the
 * first event on AWS.
 */
@NeedsNode
class PolicedRunTest {
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final String INVOKED = "{}";

    /** From objects into a stream. */
    private static final Pipeline CARRIER = Pipeline.of(
            "carrier",
            Pipeline.from(Feed.objects("imports", Codec.json()))
                    .to(To.stream("shipping", Json::toString, Codec.json())));

    /** From a queue into objects. */
    private static final Pipeline EXPORTER = Pipeline.of(
            "exporter",
            Pipeline.from(Feed.queue("orders", Codec.json())).to(To.files("daily", Codec.json(), "* * * * *")));

    private final List<Bot> bots = new ArrayList<>();
    private final Map<String, RequestStreamHandler> functions = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final Deque<Invocation> invocations = new ArrayDeque<>();
    private int requests;

    private record Invocation(String function, byte[] payload) {}

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void everyFunctionDoesItsWorkWithinItsPolicy(int lanes) throws IOException {
        bots.addAll(Samples.BOTS);
        bots.addAll(Bot.all(List.of(
                Bot.of(PriceBoard.PIPELINE),
                Bot.of(PriceBoard.ALERTS),
                Bot.of(OrderDesk.PIPELINE),
                Bot.of(OrderDesk.INVOICES),
                Bot.of(CARRIER),
                Bot.of(EXPORTER))));
        BusConfig config = Samples.PLAIN.withLanes(lanes);
        Synthesized bus = Synthesized.of(folder, config, bots);
        Police police = new Police(config.bus());
        Topology topology = new Topology(config.bus(), bots);
        topology.streams().forEach(stream -> police.streams.create(config.bus().stream(stream), 2));
        bots.forEach(bot -> functions.put(
                bot.name(), new BotFunction(bot, wiring(police, bus, bot.name()), beat(police, bus, bot.name()), 1)));
        functions.put("ingest", new IngestHandler(wiring(police, bus, "ingest"), RETENTION));
        functions.put("ingest-tick", new IngestTick(wiring(police, bus, "ingest-tick"), RETENTION));
        functions.put("heads", new HeadsHandler(trigger(police, bus, "heads")));
        functions.put("cron", new CronHandler(trigger(police, bus, "cron")));
        functions.put("archive", new ArchiveHandler(wiring(police, bus, "archive"), beat(police, bus, "archive")));
        functions.put(
                "cron-tick",
                new CronTick(
                        trigger(police, bus, "cron-tick"),
                        Optional.of(new BotRows(wiring(police, bus, "cron-tick"), bots))));

        put(police, "transfers", "{\"source\":\"sweep\",\"target\":\"bob\",\"amount\":50}");
        put(police, "transfers", "{\"source\":\"bob\",\"target\":\"eve\",\"amount\":20}");
        put(police, "transfers", "this is no transfer");
        put(police, "bus", "{\"id\":\"till\",\"event\":\"orders\",\"payload\":{\"item\":\"tea\"}}");
        put(police, "quotes", "{\"symbol\":\"ACME\",\"price\":100}");
        put(police, "shop", "{\"order\":\"1\",\"customer\":\"ann\",\"item\":\"tea\",\"cents\":250}");
        police.objects.put(
                "imports/2026-11-20.jsonl",
                "{\"sku\":1}\n".getBytes(StandardCharsets.UTF_8),
                ObjectStore.IfPresent.KEEP);
        for (int round = 0; round < 6; round++) {
            if (round == 2) {
                put(police, "quotes", "{\"symbol\":\"ACME\",\"price\":150}");
            }
            records(police);
            call("cron-tick", INVOKED);
            invoked();
            call("ingest-tick", "{\"tick\":true}");
            police.time.advance(Duration.ofSeconds(30));
        }
        String id = "\"S\":\"orders\"";
        call(
                "heads",
                "{\"Records\":[{\"dynamodb\":{\"Keys\":{\"event\":{" + id
                        + "}},\"NewImage\":{\"max_eid\":{\"S\":\"z/2027\"}}}}]}");
        call("cron", "{\"Records\":[{\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"copy\"}},\"NewImage\":{}}}]}");
        invoked();
        police.time.advance(Duration.ofHours(3));
        call("archive", INVOKED);

        assertThat(police.refused).isEmpty();
        assertThat(queue(police, "transfers.decided")).hasSize(2);
        assertThat(queue(police, "bills.sent")).hasSize(2);
        assertThat(queue(police, "ledger.parked")).hasSize(1);
        assertThat(queue(police, "orders.copied")).isNotEmpty();
        assertThat(queue(police, "prices.alerts")).hasSize(1);
        assertThat(queue(police, "customers.owed")).hasSize(1);
        assertThat(police.objects.list("files/", "", 100)).isNotEmpty();
        assertThat(police.streams.shards(config.bus().stream("shipping"))).anyMatch(shard -> !police.streams
                .records(config.bus().stream("shipping"), shard.id())
                .isEmpty());
        assertThat(police.objects.list("bus/_archive/", "", 100)).isNotEmpty();
        assertThat(new CronRows(config.bus().cron(), police.items, police.time).all())
                .filteredOn(row -> row.errors() > 0)
                .isEmpty();
        assertThat(functions.keySet()).isEqualTo(police.asked.keySet());
    }

    // ------------------------------------------------------------------ functions

    private static Iam iam(Synthesized bus, String bot) {
        JsonNode role = bus.whole("AWS::IAM::Role", "Description", "Weir: what the function of " + bot + " may do");
        return Iam.ofRole(role, Resolver.of(bus.template()));
    }

    private Police.Beat beat(Police police, Synthesized bus, String bot) {
        return police.new Beat(bot, iam(bus, bot), (function, payload) -> {
            invocations.add(new Invocation(function, payload));
            return InvokeOutcome.ACCEPTED;
        });
    }

    private Wiring wiring(Police police, Synthesized bus, String bot) {
        Police.Beat beat = beat(police, bus, bot);
        return Wiring.of(new Ports(
                police.bus,
                beat,
                beat,
                beat,
                beat,
                Wiring.programs(police.bus, beat, beat, police.time, log::add),
                police.time));
    }

    private TriggerWiring trigger(Police police, Synthesized bus, String bot) {
        return TriggerWiring.of(wiring(police, bus, bot), beat(police, bus, bot));
    }

    // ------------------------------------------------------------------ what Lambda does

    /** Gives the records of all streams to their bots, until their lanes have nothing more to say to each other. */
    private void records(Police police) {
        boolean isAny = true;
        while (isAny) {
            isAny = records(police, "ingest", "bus");
            for (Bot bot : bots) {
                if (bot instanceof Bot.Reader reader
                        && reader.graph().source().from() instanceof From.Stream(String stream)) {
                    isAny |= records(police, bot.name(), stream);
                }
            }
        }
    }

    private boolean records(Police police, String bot, String logical) {
        boolean isAny = false;
        String stream = police.bus.stream(logical);
        for (Shard shard : police.streams.shards(stream)) {
            List<Record> all = police.streams.records(stream, shard.id());
            int from = taken.getOrDefault(bot + shard.id(), 0);
            if (from < all.size()) {
                taken.put(bot + shard.id(), all.size());
                ByteArrayOutputStream event = new ByteArrayOutputStream();
                LambdaEvent.write(
                        event,
                        "arn:aws:kinesis:eu-west-1:111122223333:stream/x",
                        "arn:aws:iam::1:role/x",
                        all.subList(from, all.size()));
                assertThat(call(bot, event.toByteArray()))
                        .as("%s %s", bot, police.refused)
                        .isEqualTo("{\"batchItemFailures\":[]}");
                isAny = true;
            }
        }
        return isAny;
    }

    /** Runs what was invoked, which may invoke more. */
    private void invoked() {
        while (!invocations.isEmpty()) {
            Invocation next = invocations.remove();
            String bot = functions.keySet().stream()
                    .filter(name -> next.function().equals("shop-" + name.replace('.', '_') + ":live"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such function: " + next.function()));
            call(bot, next.payload());
        }
    }

    private String call(String bot, String event) {
        return call(bot, event.getBytes(StandardCharsets.UTF_8));
    }

    private String call(String bot, byte[] event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            functions
                    .get(bot)
                    .handleRequest(
                            new ByteArrayInputStream(event),
                            answer,
                            new LambdaContext("request-" + ++requests, 300_000, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    // ------------------------------------------------------------------ what people do

    private static void put(Police police, String stream, String line) {
        police.streams.put(
                police.bus.stream(stream),
                List.of(new StreamRecord(line, null, line.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> queue(Police police, String name) {
        return new Queues(police.bus.queueTables(), police.items, police.objects, police.time)
                .readerOfAll(QueueName.of(name), Position.beginning()).next(ReadLimits.DEFAULTS).entries().stream()
                        .map(entry -> entry.line().toString())
                        .toList();
    }
}
