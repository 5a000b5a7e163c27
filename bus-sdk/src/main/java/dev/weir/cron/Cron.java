package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import dev.weir.port.Items;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs the bots that are to run: looks at rows, decides, locks, invokes.
 *
 * <p>It is called for the rows that changed, and from time to time for all, because what waits is woken by nobody. Rows are read anew, so
 * changes that come late, twice or in the wrong order do no harm. Thread-safe, also against others that do the same: of two that want to
 * run a bot at the same time, one locks its row.
 */
public final class Cron {

    /** Most times that a row is looked at again because somebody changed it at that moment. */
    static final int LOOKS_MAX = 8;

    private final CronRows rows;
    private final Items items;
    private final Invoker invoker;
    private final Time time;
    private final Locker locker;
    private final Insistence insistence;

    /** @param cron the table of the bus's bots */
    public Cron(Table cron, Items items, Invoker invoker, Time time) {
        this.rows = new CronRows(cron, items, time);
        this.items = items;
        this.invoker = invoker;
        this.time = time;
        this.locker = new Locker(items);
        this.insistence = new Insistence(time);
    }

    /**
     * What was done about some bots.
     *
     * @param invoked the bots that were invoked
     * @param nextMillis when the first of those that wait is to be looked at again; empty if none waits
     * @param faults what was wrong with single rows, for people; the other bots were seen to
     */
    public record Round(List<String> invoked, OptionalLong nextMillis, List<String> faults) {}

    /**
     * How the bots stand that the bus invokes, in no order.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public List<Standing> standings() {
        long now = time.epochMillis();
        return rows.all().stream()
                .flatMap(row -> Standing.of(row, now).stream())
                .toList();
    }

    /** Looks at every bot. */
    public Round all() {
        return round(rows.all().stream().map(CronRow::bot).toList());
    }

    /** Looks at some bots, each once. A bot without a row is passed over. */
    public Round round(Collection<String> bots) {
        List<String> invoked = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        OptionalLong next = OptionalLong.empty();
        for (String bot : new LinkedHashSet<>(bots)) {
            try {
                switch (consider(bot)) {
                    case Decision.Run _ -> invoked.add(bot);
                    case Decision.Wait wait ->
                        next = OptionalLong.of(Math.min(next.orElse(Long.MAX_VALUE), wait.untilMillis()));
                    case Decision.Nothing _ -> {}
                }
            } catch (IllegalStateException | IllegalArgumentException fault) {
                faults.add("bot=" + bot + ": " + fault.getMessage());
            }
        }
        return new Round(List.copyOf(invoked), next, List.copyOf(faults));
    }

    /**
     * Looks at one bot and runs it if it is to run.
     *
     * @return what was decided; after a {@link Decision.Run} the bot was invoked, or it is noted why not
     * @throws StoreUnavailableException if the store does not answer
     * @throws IllegalStateException if the row has something that no client writes
     */
    public Decision consider(String bot) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            Optional<CronRow> row = rows.find(bot);
            if (row.isEmpty()) {
                return new Decision.Nothing(Decision.Nothing.Why.NO_FUNCTION);
            }
            CronRow seen = withSchedule(row.get());
            long now = time.epochMillis();
            Decision decision = Decide.of(seen, now);
            if (!(decision instanceof Decision.Run)) {
                return decision;
            }
            Optional<Invocation> invocation = rows.whole(seen).equals(seen) ? locker.lock(seen, now) : Optional.empty();
            if (invocation.isPresent()) {
                invoke(seen, invocation.get());
                return decision;
            }
        }
        throw new StoreUnavailableException("a row changes too often to be locked: bot=" + bot + " looks=" + LOOKS_MAX);
    }

    private void invoke(CronRow row, Invocation invocation) {
        byte[] payload = Payload.of(row, invocation.token());
        InvokeOutcome outcome = payload.length > Invoker.PAYLOAD_BYTES_MAX
                ? new InvokeOutcome.Refused("the row is too large for an invocation: bytes=" + payload.length + " max="
                        + Invoker.PAYLOAD_BYTES_MAX)
                : invoker.invoke(row.function().orElseThrow(), payload);
        switch (outcome) {
            case InvokeOutcome.Accepted _ -> {}
            case InvokeOutcome.Refused refused -> undelivered(row, invocation, "not invoked: " + refused.reason());
            case InvokeOutcome.Unknown unknown -> undelivered(row, invocation, "no answer: " + unknown.reason());
        }
    }

    private void undelivered(CronRow row, Invocation invocation, String reason) {
        insistence.until("noting a failed invocation: bot=" + row.bot(), () -> {
            WriteOutcome outcome = locker.undelivered(row, invocation, reason, time.epochMillis());
            return outcome instanceof WriteOutcome.ConditionFailed ? WriteOutcome.WRITTEN : outcome;
        });
    }

    /** A schedule counts from the moment at which it is first seen. */
    private CronRow withSchedule(CronRow row) {
        if (row.schedule().isEmpty() || row.scheduledMillis().isPresent()) {
            return row;
        }
        Attribute now = Attribute.of(time.epochMillis());
        items.write(new Write.Edits(
                row.key(),
                List.of(new Edit.Set(Paths.SCHEDULED_TIME, now)),
                Condition.allOf(Mark.unchanged(row, Paths.SCHEDULED_TIME), Mark.unchanged(row, Path.of("time")))));
        return rows.find(row.bot()).orElse(row);
    }
}
