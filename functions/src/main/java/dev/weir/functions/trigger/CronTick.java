package dev.weir.functions.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.cron.Cron;
import dev.weir.cron.Waker;
import dev.weir.port.Time;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Runs the bots that nobody wakes: those whose schedule has come, whose pause is over, whose run was killed, or whose wake-up was lost. A
 * Lambda function behind a schedule of one minute; it looks again and again for nearly that long, so that schedules with seconds and short
 * pauses are kept.
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

    /** As Lambda makes it. */
    public CronTick() {
        this(TriggerWiring.fromEnvironment());
    }

    /** On given ports. */
    public CronTick(TriggerWiring wiring) {
        this.waker = wiring.waker();
        this.cron = wiring.cron();
        this.time = wiring.time();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws java.io.IOException {
        long window = Math.min(WINDOW_MILLIS, context.getRemainingTimeInMillis() - LOOK_TIME_MILLIS);
        long end = time.epochMillis() + window;
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
        answer.write(("{\"invoked\":" + invoked + "}").getBytes(StandardCharsets.US_ASCII));
    }
}
