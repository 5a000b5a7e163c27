package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.ParkedEvent.Place;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.SequenceNumber;
import dev.weir.model.Step;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.ItemLimits;
import dev.weir.port.Write;
import dev.weir.wire.Gzip;
import dev.weir.wire.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * A commit that is filled until there is no more room, with everything there is, of any size: it is within the limits of a transaction, and all of
 * it is there, in order.
 */
class PackPropertyTest {

    private static final int LANES = 8;
    private static final int BYTES_MAX = 512 * 1024 * 1024;
    private static final Bus BUS = new Bus("weir", new Lanes(LANES));
    private static final Pack<String, Long, String> PACK = new Pack<>(Sums.GRAPH, BUS, "run");

    @Property(tries = 60)
    void everyCommitIsWithinTheLimitsAndNothingIsLost(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll @IntRange(min = 1, max = Limits.EVENT_BYTES_MAX) int bytesMax) {
        new Filling().fillsUp(new Random(seed), bytesMax);
    }

    private static final ParkedStore STORE = new ParkedStore(BUS, "bot", new MemoryItems());

    /** One lane and what was put into it. */
    private static final class Filling {
        private final List<Json> results = new ArrayList<>();
        private final List<Json> gaps = new ArrayList<>();
        private final List<Json> parked = new ArrayList<>();
        private final List<Json> told = new ArrayList<>();
        private int changed;
        private final List<List<Object>> held = new ArrayList<>();
        private final TreeMap<Integer, List<Json>> forwards = new TreeMap<>();
        private final Lane<String, Long> lane = new Lane<>(
                new LaneId.Slice(0),
                Sums.slots(BUS.lanes()),
                new Positions(),
                new Marks(),
                new Counts(),
                new StateTypes(Map.of()),
                new TreeMap<>(Map.of(Route.own(1), 100L)),
                0,
                1);

        void fillsUp(Random random, int bytesMax) {
            int kinds = 1 + random.nextInt(1 << 6);
            for (int i = 0; i < 20_000 && lane.hasRoomFor(0); i++) {
                int kind = random.nextInt(6);
                if ((kinds & 1 << kind) != 0) {
                    act(kind, i, text(random, 1 + random.nextInt(bytesMax)));
                }
            }
            Packed packed = PACK.pack(lane, 1_795_194_307_123L, 0);
            ItemLimits.checkTransaction(packed.writes());
            assertThat(lines(packed.writes(), "weir-stream", "results")).isEqualTo(results);
            assertThat(lines(packed.writes(), "weir-stream", "bot.gaps")).isEqualTo(gaps);
            assertThat(lines(packed.writes(), "weir-stream", "bot.parked")).isEqualTo(told);
            assertThat(packed.writes().stream()
                            .filter(write -> write instanceof Write.Update
                                    && String.valueOf(write.key().sort()).startsWith(SortKeys.PARKED)))
                    .hasSize(changed);
            assertThat(payloads(packed.writes())).isEqualTo(parked);
            assertThat(heldIn(packed.writes())).isEqualTo(held);
            assertThat(packed.heldSegments()).hasSameSizeAs(held);
            assertThat(sent(packed)).isEqualTo(forwards);
            Sums.assertStateIs(packed, lane, BUS.lanes());
        }

        private void act(int kind, int i, String text) {
            Json line = Json.of(text);
            var origin = new Parcel.Origin("shard", new SequenceNumber("" + i), i);
            switch (kind) {
                case 0 -> {
                    lane.draft.result(line, new Cause(i, "shard", origin.sequenceNumber(), 0));
                    results.add(line);
                }
                case 1 -> {
                    lane.draft.gap(line, i);
                    gaps.add(line);
                }
                case 2 -> {
                    Draft.Parked event =
                            new Draft.Parked(origin, 0, "p", i, "k", Step.DECODE, "why", line, Place.FAILED, false);
                    ParkedEvent other = event.as(new ParkedId(new LaneId.PassThrough("s"), 1, i));
                    lane.draft.park(event);
                    if (text.length() <= ParkedNote.PAYLOAD_BYTES_MAX) {
                        lane.draft.parking().tellParked(line, i);
                        told.add(line);
                    }
                    if (i % 3 == 0) {
                        lane.draft.parking().change(STORE.change(other), other);
                        changed++;
                    }
                    parked.add(line);
                }
                case 3 -> {
                    var parcel = new Parcel<>(
                            origin, "p", i, 0, List.of(line), List.<Content<String>>of(new Content.NotOurs<>()));
                    lane.held.hold(new Scope.Producer("p"), i + 1L, parcel, 5);
                    held.add(List.of(i + 1L, line.toString()));
                }
                case 4 -> {
                    int to = 1 + i % (LANES - 1);
                    lane.draft.forward(Route.own(to), line);
                    forwards.computeIfAbsent(to, _ -> new ArrayList<>()).add(line);
                }
                default -> Sums.own(lane.slots, i).forEach(key -> lane.slots.add(key, (long) i));
            }
            lane.slots.accept();
        }
    }

    /** JSON that hardly compresses. */
    private static String text(Random random, int bytes) {
        var text = new StringBuilder(bytes + 2).append('"');
        for (int i = 2; i < bytes; i++) {
            text.append((char) ('#' + random.nextInt(57)));
        }
        return text.append('"').toString();
    }

    /** The payloads in the chunks of a queue, in the order in which a reader finds them. */
    private static List<Json> lines(List<Write> writes, String table, String queue) {
        TreeMap<String, Item> chunks = new TreeMap<>();
        for (Item item : puts(writes)) {
            if (item.key().table().name().equals(table)
                    && item.key().partition().startsWith(queue)) {
                chunks.put(item.key().sort(), item);
            }
        }
        List<Json> payloads = new ArrayList<>();
        for (Item chunk : chunks.values()) {
            List<Json> lines = split(Gzip.decompress(chunk.bytes("gzip"), BYTES_MAX));
            assertThat((long) lines.size()).isEqualTo(chunk.integer("records"));
            lines.forEach(line -> payloads.add(dev.weir.wire.Envelope.payloadOf(line)));
        }
        return payloads;
    }

    private static List<Json> payloads(List<Write> writes) {
        return kind(writes, SortKeys.PARKED).stream()
                .map(item -> Json.of(item.bytes("payload")))
                .toList();
    }

    private static List<List<Object>> heldIn(List<Write> writes) {
        List<List<Object>> found = new ArrayList<>();
        for (Item item : kind(writes, SortKeys.HELD)) {
            byte[] stored = Gzip.decompress(item.bytes("gzip"), BYTES_MAX);
            HeldFormat.read(stored, new LineDecode<>(Sums.GRAPH))
                    .forEach(entry -> found.add(List.of(
                            entry.number, entry.parcel.lines().getFirst().toString())));
        }
        return found;
    }

    /** The lines of the outbox by lane; their numbers must go on without a hole. */
    private static TreeMap<Integer, List<Json>> sent(Packed packed) {
        TreeMap<Integer, List<Json>> sent = new TreeMap<>();
        TreeMap<Integer, Long> next = new TreeMap<>(Map.of(1, 100L));
        for (Item item : packed.outbox()) {
            for (Attribute record : ((Attribute.Sequence) item.attributes().get("records")).value()) {
                var fields = ((Attribute.Struct) record).value();
                byte[] data = ((Attribute.Bytes) fields.get("data")).value();
                var part = new RecordDecoder().decode(data).getFirst();
                assertThat(part.chunk().seq())
                        .isEqualTo(next.getOrDefault(part.chunk().lane(), 1L));
                next.put(part.chunk().lane(), part.chunk().seq() + part.lines().size());
                sent.computeIfAbsent(part.chunk().lane(), _ -> new ArrayList<>())
                        .addAll(part.lines());
            }
        }
        next.forEach((to, number) -> assertThat(packed.emitted()).containsEntry(Route.own(to), number));
        return sent;
    }

    static List<Item> kind(List<Write> writes, String kind) {
        return puts(writes).stream()
                .filter(item -> item.key().sort() != null && item.key().sort().startsWith(kind))
                .toList();
    }

    private static List<Item> puts(List<Write> writes) {
        return writes.stream()
                .filter(Write.Put.class::isInstance)
                .map(write -> ((Write.Put) write).item())
                .toList();
    }

    static List<Json> split(byte[] text) {
        List<Json> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                lines.add(new Json(text, from, i));
                from = i + 1;
            }
        }
        return lines;
    }
}
