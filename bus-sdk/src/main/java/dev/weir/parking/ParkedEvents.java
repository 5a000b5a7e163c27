package dev.weir.parking;

import dev.weir.cron.Controls;
import dev.weir.flow.Bus;
import dev.weir.flow.Inbox;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.ParkedEvent;
import dev.weir.flow.ParkedId;
import dev.weir.flow.ParkedStore;
import dev.weir.flow.ParkingCommand;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.port.Items;
import dev.weir.port.RecordLookup;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.JsonCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The parked events of one bot: to list, to look at, to put back and to drop.
 *
 * <p>An event that is put back takes effect like a new one, once, in the same commit that removes it from the parked ones; if the bot fails
 * for it again it stays where it is, with the new reason. A key is put back in order: whichever of its events is named, the first goes
 * first, and at the first that fails the others stay behind it. New events of the key are parked behind until none is left.
 *
 * <p>{@link #putBack} and {@link #drop} answer when the command is in the stream; it is carried out when the bot gets there, also if the
 * bot is paused meanwhile; a bot on queues is woken for it, unless it is paused. To give a command twice is harmless: it names the event, and an event that is no longer parked is left alone.
 *
 * <p>Reads are consistent. Throws {@link dev.weir.port.StoreUnavailableException} when store or stream do not answer a read. Thread-safe;
 * commands are sent one at a time.
 *
 * <pre>{@code
 * var parked = ParkedEvents.of(bus, "ledger", "transfers", items, streams, records, time, UUID.randomUUID().toString());
 * parked.list(Optional.empty(), 20).forEach(event -> System.out.println(event.id().text() + " " + event.reason()));
 * parked.putBack("alice");
 * }</pre>
 */
public final class ParkedEvents {

    /** Most events that one call lists. */
    public static final int PAGE_MAX = 1_000;

    /** How long a command is tried to be sent. */
    public static final Duration SEND_MAX = Duration.ofSeconds(20);

    /** Most bytes of a corrected payload. */
    public static final int PAYLOAD_BYTES_MAX = ParkingCommand.PAYLOAD_BYTES_MAX;

    private final Bus bus;
    private final String bot;
    private final String stream;
    private final Items items;
    private final Streams streams;
    private final ParkedStore store;
    private final StoredPayload payloads;
    private final CommandSender sender;
    private final Runnable wake;

    private ParkedEvents(
            Bus bus,
            String bot,
            String stream,
            Items items,
            Streams streams,
            RecordLookup records,
            Time time,
            String incarnation,
            Runnable wake) {
        this.bus = bus;
        this.bot = bot;
        this.stream = bus.stream(stream);
        this.items = items;
        this.streams = streams;
        this.store = new ParkedStore(bus, bot, items);
        this.payloads = new StoredPayload(this.stream, bot, records);
        this.sender = new CommandSender(bus.lanes(), bot, this.stream, streams, time, incarnation);
        this.wake = wake;
    }

    /**
     * The parked events of a bot on queues. A command waits in the bot's inbox until the bot runs, and wakes the bot, if the bus knows it.
     * Payloads that are too large for an item are not found again.
     *
     * @param bot the bot's name
     * @param incarnation drawn by the caller: no two objects may ever have the same; 1 to 64 characters, no slash
     */
    public static ParkedEvents ofQueueBot(Bus bus, String bot, Items items, Time time, String incarnation) {
        Inbox inbox = new Inbox(bus, bot, items);
        Controls controls = new Controls(bus.cron(), items, time);
        return new ParkedEvents(
                bus,
                bot,
                Bus.EVENTS,
                items,
                inbox,
                (_, _, _) -> Optional.empty(),
                time,
                incarnation,
                () -> controls.wake(bot));
    }

    /**
     * The parked events of a bot on a stream.
     *
     * @param bot the bot's name
     * @param stream logical name of the stream that the bot reads
     * @param records finds payloads again that are too large for an item
     * @param incarnation drawn by the caller: no two objects may ever have the same; 1 to 64 characters, no slash
     */
    public static ParkedEvents of(
            Bus bus,
            String bot,
            String stream,
            Items items,
            Streams streams,
            RecordLookup records,
            Time time,
            String incarnation) {
        return new ParkedEvents(bus, bot, stream, items, streams, records, time, incarnation, () -> {});
    }

    // ------------------------------------------------------------------ looking

    /**
     * Parked events by lane, and in a lane in the order in which they were parked.
     *
     * @param after the last one of the page before; empty to begin
     * @param limit most events to answer, 1 to {@value #PAGE_MAX}; fewer mean that there are no more
     */
    public List<ParkedEvent> list(Optional<ParkedId> after, int limit) {
        return list(lanes(), after, limit, _ -> true);
    }

    /**
     * Those of a key, in the order in which they will be put back. What was parked without a key is not among them, nor what another lane
     * parked of a key that all lanes have a part of.
     */
    public List<ParkedEvent> list(String key, Optional<ParkedId> after, int limit) {
        return list(List.of(laneOf(key)), after, limit, event -> key.equals(event.key()));
    }

    private List<ParkedEvent> list(
            List<LaneId> lanes, Optional<ParkedId> after, int limit, Predicate<ParkedEvent> wanted) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw new IllegalArgumentException("a page has 1 to " + PAGE_MAX + " events: limit=" + limit);
        }
        List<ParkedEvent> found = new ArrayList<>();
        Optional<ParkedId> from = after;
        int first = after.map(id -> lanes.indexOf(id.lane())).orElse(0);
        for (LaneId lane : lanes.subList(Math.max(0, first), lanes.size())) {
            Pages pages = new Pages(store, lane, from);
            from = Optional.empty();
            while (found.size() < limit && pages.hasNext()) {
                pages.next().stream()
                        .filter(wanted)
                        .limit((long) limit - found.size())
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The lanes that may hold something: the slices, and the pass-through lanes of all shards that ever were. */
    private List<LaneId> lanes() {
        List<LaneId> lanes = new ArrayList<>(LaneStatus.slices(bus));
        List<LaneId> shards = ShardNames.upTo(streams.shards(stream)).stream()
                .<LaneId>map(LaneId.PassThrough::new)
                .toList();
        LaneStatus.all(bus, bot, shards, items).forEach(status -> lanes.add(status.lane()));
        return lanes;
    }

    private LaneId laneOf(String key) {
        return new LaneId.Slice(bus.lanes().of(key));
    }

    /** One parked event; empty if it is not parked (any more). */
    public Optional<ParkedEvent> show(ParkedId id) {
        return store.get(id);
    }

    /** Its payload; what is too large for an item is read from the stream again, and empty if that no longer has it. */
    public Optional<Json> payload(ParkedEvent event) {
        return payloads.of(event);
    }

    // ------------------------------------------------------------------ putting back

    /** Puts an event back; if it has a place in the order of its key, then its key, first to last, as far as the bot does not fail. */
    public Answer putBack(ParkedId id) {
        Optional<ParkedEvent> event = store.get(id);
        if (event.isEmpty()) {
            return new Answer.NotParked();
        }
        if (event.get().payload() != null) {
            return send(event.get(), Optional.empty());
        }
        Optional<Json> payload = payloads.of(event.get());
        return payload.isEmpty()
                ? new Answer.Refused("the payload was too large for an item and the stream no longer has it: id="
                        + id.text() + " shard=" + event.get().shardId() + " sequenceNumber="
                        + event.get().sequenceNumber() + "; give a payload, or drop the event")
                : send(event.get(), payload);
    }

    /**
     * Puts an event back with another payload. Its business id and its sequence number are not compared with what was seen before, if it
     * keeps its place in the order of its key. A payload with another key, or of an event without one, makes it a new event.
     *
     * @param payload one JSON value, at most {@link #PAYLOAD_BYTES_MAX} bytes; an event as it is on the stream
     */
    public Answer putBack(ParkedId id, Json payload) {
        if (payload.length() > PAYLOAD_BYTES_MAX) {
            return new Answer.Refused("the payload is too large: bytes=" + payload.length() + " bytesMax="
                    + PAYLOAD_BYTES_MAX + "; put it into S3 and send its address");
        }
        return isJson(payload)
                ? store.get(id).map(event -> send(event, Optional.of(payload))).orElseGet(Answer.NotParked::new)
                : new Answer.Refused("the payload is no JSON value: bytes=" + payload.length());
    }

    private static boolean isJson(Json text) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(text);
        return cursor.skip() && cursor.expectEnd();
    }

    /** Puts all parked events of a key back, first to last, as far as the bot does not fail. */
    public Answer putBack(String key) {
        return list(key, Optional.empty(), 1).isEmpty()
                ? new Answer.NotParked()
                : send(bus.lanes().of(key), ParkingCommand.putBack(bot, key));
    }

    private Answer send(ParkedEvent event, Optional<Json> payload) {
        return send(event.id().keeper(bus.lanes()), ParkingCommand.putBack(bot, event, payload));
    }

    /** First the command, then the bot is woken: a run that ends in between is followed by another. */
    private Answer send(int lane, Json command) {
        Answer answer = sender.send(lane, command);
        try {
            wake.run();
            return answer;
        } catch (StoreUnavailableException e) {
            return new Answer.Unknown("the bot could not be woken: " + e.getMessage());
        }
    }

    /**
     * Drops an event for good: it becomes an event of the queue {@code <bot>.dropped}, with who and why. If it was the first of its key,
     * those behind it are put back; so, to drop several of a key, begin with the last.
     *
     * @param who who says so
     * @param why for those who ask later
     */
    public Answer drop(ParkedId id, String who, String why) {
        return store.get(id)
                .map(event -> send(id.keeper(bus.lanes()), ParkingCommand.drop(bot, event, who, why)))
                .orElseGet(Answer.NotParked::new);
    }
}
