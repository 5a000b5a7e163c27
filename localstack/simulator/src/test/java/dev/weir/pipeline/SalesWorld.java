package dev.weir.pipeline;

import dev.weir.flow.Bus;
import dev.weir.flow.ParkedEvent;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Submission;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.parking.ParkedEvents;
import dev.weir.port.Item;
import dev.weir.port.PutOutcome;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Where {@link SalesPipeline} runs: its events, its versions, what an operator does, and what is found afterwards. For one run. */
final class SalesWorld {
    static final int LANES = 4;
    static final int SHARDS = 2;
    static final int HOURS = 300;
    private static final int EVENTS = 160;
    private static final int SHOPS = 8;
    private static final int CITIES = 5;

    /** Of shops and cities that are in nobody's way. */
    private static final String APART = "end";

    private static final Duration PAUSE = Duration.ofMillis(100);

    final Bus bus = new Bus("weir", new Lanes(LANES));
    final Deployments deployments;
    private final Map<Integer, Long> numbers = new HashMap<>();
    private int asked;

    /** To plan what is to happen; there when the run begins. */
    Optional<dev.weir.local.simulator.Stage> stage = Optional.empty();

    SalesWorld(Pipeline first) {
        this.deployments = new Deployments(bus, first);
    }

    Setup setup() {
        return new Setup(bus, SalesPipeline.BOT, SalesPipeline.STREAM, "counts", List.of(), SHARDS, deployments);
    }

    // ------------------------------------------------------------------ events

    /** Some have the business id of an earlier one; a few of one shop and of one city are poison, if there is to be any. */
    static List<Submission> submissions(RandomGenerator random, boolean hasPoison) {
        List<Submission> submissions = new ArrayList<>();
        Map<String, String> lastIds = new HashMap<>();
        for (long n = 0; n < EVENTS; n++) {
            String shop = "s" + random.nextInt(SHOPS);
            String city = "c" + random.nextInt(CITIES);
            String id = random.nextInt(6) == 0
                    ? lastIds.getOrDefault(shop, "i" + n)
                    : random.nextInt(6) == 0 ? "i" + n : "";
            if (!id.isEmpty()) {
                lastIds.put(shop, id);
            }
            int poison = random.nextInt(8) > 0 ? 0 : shop.equals("s0") ? 1 : city.equals("c0") ? 2 : 0;
            Sale sale =
                    new Sale(n, shop, city, id, random.nextInt(HOURS), random.nextInt(3) == 0, hasPoison ? poison : 0);
            submissions.add(Submission.of(shop, sale.json()));
        }
        return submissions;
    }

    /** An event of each lane, whose shop and city are in that lane and are nobody else's. */
    List<Sale> ofEachLane(long firstNumber, long hour) {
        List<Sale> sales = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            StringBuilder name = new StringBuilder(APART);
            while (bus.lanes().of(name.toString()) != lane) {
                name.append('-');
            }
            Sale sale = new Sale(firstNumber + 7L * lane, name.toString(), name.toString(), "", hour, false, 0);
            sales.add(sale);
        }
        return sales;
    }

    /** Sends events through a producer of its own, which puts them again until they are accepted. */
    void send(List<Sale> sales, Streams streams, Time time) {
        for (Sale sale : sales) {
            int lane = bus.lanes().of(sale.shop());
            ChunkEncoder chunk = new ChunkEncoder();
            chunk.begin(new Chunk("operator", lane, LANES, numbers.merge(lane, 1L, Long::sum)));
            chunk.add(Json.of(sale.json()));
            List<StreamRecord> record = List.of(
                    new StreamRecord("operator", bus.lanes().firstHash(lane).toString(), chunk.finish()));
            while (!(streams.put(bus.stream(SalesPipeline.STREAM), record).getFirst() instanceof PutOutcome.Accepted)) {
                time.pause(PAUSE);
            }
        }
    }

    /** Puts back some of what is parked; answers what it was, and nothing if it could not be looked at. */
    Optional<List<ParkedEvent>> putBack(Predicate<ParkedEvent> which, Evidence evidence, Streams streams, Time time) {
        ParkedEvents parked = ParkedEvents.of(
                bus,
                SalesPipeline.BOT,
                SalesPipeline.STREAM,
                evidence.items(),
                streams,
                (_, _, _) -> Optional.empty(),
                time,
                "asked-" + asked++);
        try {
            List<ParkedEvent> left = parked.list(Optional.empty(), ParkedEvents.PAGE_MAX).stream()
                    .filter(which)
                    .toList();
            left.forEach(event -> parked.putBack(event.id()));
            return Optional.of(left);
        } catch (StoreUnavailableException _) {
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------ what is found

    /** Lines of a queue, without those of {@link #ofEachLane}. */
    static List<String> lines(Evidence evidence, String queue) {
        return all(evidence, queue).stream()
                .filter(line -> !line.startsWith(APART))
                .toList();
    }

    /** Lines of a queue. */
    static List<String> all(Evidence evidence, String queue) {
        return evidence.lanes().stream()
                .flatMap(lane -> evidence.queue(queue, lane).stream())
                .map(text -> Codec.text().decodeOrThrow(Json.of(text)))
                .toList();
    }

    /** Step and number of each event that came too late. */
    static List<String> late(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (LaneId lane : evidence.lanes()) {
            for (String text : evidence.queue(SalesPipeline.BOT + ".late", lane)) {
                Late one = Codec.of(Late.class).decodeOrThrow(Json.of(text));
                found.add(one.step() + " " + one.value().n());
            }
        }
        return found;
    }

    private record Late(String step, String key, long millis, String reason, Sale value) {}

    /** Lines and reasons of all that is parked. */
    static Map<String, String> parked(Evidence evidence) {
        Map<String, String> parked = new HashMap<>();
        for (LaneId lane : evidence.lanes()) {
            for (Item item : evidence.kept(lane, "parked#")) {
                parked.put(new String(item.bytes("payload"), StandardCharsets.UTF_8), item.text("reason"));
            }
        }
        return parked;
    }

    /** The plain program over all that was given, but for what came after it was given up. Nothing else may be parked for good. */
    static PlainSales plain(Evidence evidence) {
        Map<String, String> parked = parked(evidence);
        parked.forEach((line, reason) -> {
            if (!isRightly(evidence, line, reason)) {
                throw new AssertionError("parked without need: line=" + line + " reason=" + reason);
            }
        });
        Set<String> aside = parked.keySet();
        List<Sale> given = evidence.given().stream()
                .map(Submission::line)
                .filter(line -> !aside.contains(line))
                .flatMap(line -> Sale.parse(line).stream())
                .toList();
        return new PlainSales(given, queue -> lines(evidence, queue));
    }

    private static boolean isRightly(Evidence evidence, String line, String reason) {
        return Sale.parse(line).isPresent()
                ? reason.contains("arrived after the gap that it fills was passed")
                : evidence.given().stream()
                        .anyMatch(given -> !given.isEvent() && given.line().equals(line));
    }
}
