package dev.weir.bot;

import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.flow.SpineEntry;
import dev.weir.flow.Taken;
import dev.weir.flow.Tally;
import dev.weir.flow.Version;
import dev.weir.flow.VersionRefusedException;
import dev.weir.graph.Puller;
import dev.weir.model.Json;
import dev.weir.port.Items;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.JsonCursor;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs a bot that brings events from outside into a queue, RStreams' {@code createSource}: pulls until there is nothing new, the run has
 * brought enough, or its time is used.
 *
 * <p>Exactly once, as far as the cursor says what was pulled: the records of a pull and its cursor are one commit, so a run that is killed
 * anywhere goes on where the last commit was, and what an overtaken run pulls is dropped. One thread at a time may call it. The bot keeps its
 * cursor in the table {@code cursor} of its state.
 *
 * <pre>{@code
 * new SourceRun("shop-orders", "orders", (cursor, recordsMax) -> shop.ordersAfter(cursor, recordsMax), bus, items, streams, time, id)
 * }</pre>
 */
public final class SourceRun {

    /** Most bytes of the payloads of one pull and its cursor. */
    public static final int PULL_BYTES_MAX = 350_000;

    /** Records that one pull is asked for. */
    public static final int PULL_RECORDS_MAX = 1_000;

    private static final int FENCED_MAX = 3;

    private final String bot;
    private final Puller puller;
    private final Time time;
    private final Spine<SourceGraph.Step, SourceGraph.Place, List<Json>> spine;

    /** A run of a function that has no versions. */
    public SourceRun(
            String bot,
            String out,
            Puller puller,
            Bus bus,
            Items items,
            Streams streams,
            Time time,
            String incarnation) {
        this(bot, out, puller, bus, items, streams, time, incarnation, Version.NONE);
    }

    /**
     * @param out name of the queue that is written; others may write it too
     * @param incarnation distinguishes this copy from every other, as of {@link Spine}
     * @param version which version of the bot this is
     */
    public SourceRun(
            String bot,
            String out,
            Puller puller,
            Bus bus,
            Items items,
            Streams streams,
            Time time,
            String incarnation,
            Version version) {
        this.bot = bot;
        this.puller = puller;
        this.time = time;
        this.spine =
                new Spine<>(SourceGraph.of(bot, out), bus, items, streams, time, Runnable::run, incarnation, version);
    }

    /**
     * One run. An exception of the puller ends it and comes out; what was committed before stays.
     *
     * @param recordsMax after so many records the run is done, whether there is more or not; at least 1
     * @param stopMillis when to begin no further pull, milliseconds since the epoch
     * @param deadlineMillis when to give up what cannot be committed
     * @param isAsked whether the run is asked to stop; looked at before each pull
     */
    public RunOutcome run(long recordsMax, long stopMillis, long deadlineMillis, BooleanSupplier isAsked) {
        long records = 0;
        int fenced = 0;
        try {
            while (records < recordsMax) {
                if (time.epochMillis() >= stopMillis || isAsked.getAsBoolean()) {
                    return new RunOutcome.More(records);
                }
                SourceGraph.Place place = spine.stateOf(SourceGraph.KEY);
                int most = (int) Math.min(PULL_RECORDS_MAX, recordsMax - records);
                Optional<Puller.Pulled> pulled = puller.pull(place.cursor(), most);
                if (pulled.isEmpty()) {
                    return new RunOutcome.Done(records);
                }
                check(pulled.get());
                Taken taken = take(place, pulled.get(), deadlineMillis);
                boolean isOvertaken =
                        taken.stop().filter(Taken.Stop.FENCED::equals).isPresent() && ++fenced < FENCED_MAX;
                if (!taken.isAll() && !isOvertaken) {
                    return new RunOutcome.Failed(records, "what was pulled could not be committed: " + taken.stop());
                }
                records += taken.isAll() ? pulled.get().payloads().size() : 0;
            }
            return new RunOutcome.Done(records);
        } catch (StoreUnavailableException | VersionRefusedException e) {
            return new RunOutcome.Failed(records, String.valueOf(e.getMessage()));
        }
    }

    /** What runs did since this was last asked: see {@link Spine#takeTally}. */
    Tally takeTally() {
        return spine.takeTally();
    }

    private Taken take(SourceGraph.Place place, Puller.Pulled pulled, long deadlineMillis) {
        SpineEntry entry =
                new SpineEntry(SourceGraph.shard(bot), SourceGraph.event(bot, place, pulled, time.epochMillis()));
        return spine.take(List.of(entry), _ -> true, deadlineMillis);
    }

    private void check(Puller.Pulled pulled) {
        long bytes = 6L * pulled.cursor().length();
        for (Json payload : pulled.payloads()) {
            bytes += payload.length() + 1L;
            JsonCursor json = new JsonCursor();
            json.reset(payload);
            if (!json.skip() || !json.expectEnd()) {
                throw new IllegalArgumentException("a pull gave what is no JSON: bot=" + bot + " payload=" + payload);
            }
        }
        if (bytes > PULL_BYTES_MAX) {
            throw new IllegalArgumentException("a pull gave too much for one commit, give fewer records at once: bot="
                    + bot + " bytes=" + bytes + " max=" + PULL_BYTES_MAX + " records="
                    + pulled.payloads().size());
        }
    }
}
