package dev.weir.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.bot.BotProvider;
import dev.weir.cron.Cron;
import dev.weir.cron.Waker;
import dev.weir.functions.Wiring;
import dev.weir.functions.metrics.Metrics;
import dev.weir.port.Time;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs the bots that nobody wakes: those whose schedule has come, whose pause is over, whose run was killed, or whose wake-up was lost. A
 * Lambda function behind a schedule of one minute; it looks again and again for nearly that long, so that schedules with seconds and short
 * pauses are kept. The first time it sees to the rows of the bots of its jar; at the end it
 * tells how the bots stand.
 */
public final class CronTick implements RequestStreamHandler {

    /** For how long it looks. */
    static final long WINDOW_MILLIS = 50_000;

    /** It looks at least so often, because a pause may have begun since the last look... */
    static final long LOOK_MAX_MILLIS = 10_000;

    /** ...and at most so often. */
    static final long LOOK_MIN_MILLIS = 1_000;

    /** Left of the function's time for the last look. */
    private static final long LOOK_TIME_MILLIS = 5_000;

    private final Waker waker;
    private final Cron cron;
    private final Time time;
    private final Metrics metrics;
    private final Optional<BotRows> rows;
    private boolean hasRows;

    /** As Lambda makes it, for the bots of its jar that run there: a row of another would be invoked again and again, in vain. */
    public CronTick() {
        this(Wiring.fromEnvironment());
    }

    private CronTick(Wiring wiring) {
        this(TriggerWiring.from(wiring, System.getenv()), Optional.of(new BotRows(wiring, BotProvider.deployed())));
    }

    /** On given ports, for bots whose rows are there. */
    public CronTick(TriggerWiring wiring) {
        this(wiring, Optional.empty());
    }

    /**
     * On given ports.
     *
     * @param rows makes the rows of the bots that are deployed; without if they are there
     */
    public CronTick(TriggerWiring wiring, Optional<BotRows> rows) {
        this.waker = wiring.waker();
        this.cron = wiring.cron();
        this.time = wiring.time();
        this.metrics = wiring.metrics();
        this.rows = rows;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws java.io.IOException {
        long window = Math.min(WINDOW_MILLIS, context.getRemainingTimeInMillis() - LOOK_TIME_MILLIS);
        long end = time.epochMillis() + window;
        ensureRows(context);
        waker.sweep().faults().forEach(context.getLogger()::log);
        int invoked = 0;
        while (true) {
            Cron.Round round = cron.all();
            round.faults().forEach(context.getLogger()::log);
            invoked += round.invoked().size();
            long now = time.epochMillis();
            long pause = Math.clamp(round.nextMillis().orElse(Long.MAX_VALUE) - now, LOOK_MIN_MILLIS, LOOK_MAX_MILLIS);
            if (now + pause > end) {
                break;
            }
            time.pause(Duration.ofMillis(pause));
        }
        if (metrics.isTold()) {
            metrics.standings(cron.standings(), time.epochMillis());
        }
        answer.write(("{\"invoked\":" + invoked + "}").getBytes(StandardCharsets.US_ASCII));
    }

    /** Once for each copy of the function: a new version of the bots is a new copy. */
    private void ensureRows(Context context) {
        if (!hasRows) {
            List<String> changed = rows.map(BotRows::write).orElse(List.of());
            if (!changed.isEmpty()) {
                context.getLogger().log("rows of bots were made or changed: bots=" + changed);
            }
            hasRows = true;
        }
    }
}
