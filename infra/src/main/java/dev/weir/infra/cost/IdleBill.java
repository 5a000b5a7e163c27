package dev.weir.infra.cost;

import dev.weir.bot.Bot;
import dev.weir.cron.Schedule;
import dev.weir.functions.metrics.Metrics;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Estimate.Idle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What is paid though nothing happens: shards, and functions that look whether there is something to do. */
record IdleBill(Bill bill, Pace pace) {

    private static final double HOURS = Prices.MONTH_HOURS;
    private static final double MINUTES = HOURS * 60;

    /** The tick of schedules looks for so long, and so often. */
    private static final int CRON_TICK_MILLIS = 50_000;

    private static final int CRON_TICK_LOOKS = 6;

    private static final long FIRST_MILLIS = 1_800_000_000_000L;
    private static final Duration MONTH = Duration.ofHours(Prices.MONTH_HOURS);

    /** Runs of a source that are counted one by one; a schedule of each second has 2.6 million a month. */
    private static final int RUNS_MAX = 3_000_000;

    /** Of the streams and bots of a trial, when it is over. */
    List<Idle> of(Trial trial) {
        List<Idle> idle = new ArrayList<>();
        Set<String> streams = new LinkedHashSet<>();
        trial.onStreams.forEach(each -> streams.add(each.stream()));
        streams.forEach(stream -> idle.add(stream(stream)));
        trial.onStreams.forEach(each -> idle.add(tick(trial.world, each)));
        trial.onStreams.forEach(each -> idle.add(told(each.bot(), MINUTES)));
        trial.onQueues.names().forEach(bot -> idle.add(told(bot, 0)));
        return idle;
    }

    /** Of what is there once. */
    List<Idle> ofBus() {
        List<Idle> idle = new ArrayList<>();
        idle.add(new Idle(
                "cron-tick",
                "looks for 50 s each minute",
                scheduled("cron-tick", MINUTES, CRON_TICK_MILLIS, CRON_TICK_LOOKS + 2)));
        double logs =
                MINUTES * Metrics.IDLE_BYTES / Prices.GIGABYTE * bill.prices().logsGigabyte();
        idle.add(new Idle(
                "(bus)", "its metrics", Metrics.USUAL_OF_BUS * bill.prices().metricMonth() + logs));
        idle.add(new Idle("archive", "runs each hour", scheduled("archive", HOURS, pace.invocationMillis(), 1)));
        if (bill.config().encryption() == BusConfig.Encryption.CUSTOMER_KEY) {
            idle.add(new Idle("(bus)", "kms key", bill.prices().keyMonth()));
        }
        return idle;
    }

    private Idle stream(String stream) {
        Prices prices = bill.prices();
        if (bill.config().streams() instanceof BusConfig.Streams.OnDemand) {
            return new Idle("stream " + stream, "kinesis stream", HOURS * prices.streamHour());
        }
        boolean keepsLonger = bill.config().streamRetention().compareTo(Prices.KEPT_FREE) > 0;
        double hour = prices.shardHour() + (keepsLonger ? prices.retainedShardHour() : 0);
        return new Idle(
                "stream " + stream,
                "kinesis shards" + (keepsLonger ? ", records kept longer than a day" : ""),
                HOURS * bill.shards() * hour);
    }

    /** A bot's usual metrics, which cost what they cost however much is in them, and the lines of the runs that find nothing. */
    private Idle told(String bot, double runs) {
        double logs =
                runs * Metrics.IDLE_BYTES / Prices.GIGABYTE * bill.prices().logsGigabyte();
        return new Idle(
                bot, "metrics of its runs", Metrics.USUAL_OF_BOT * bill.prices().metricMonth() + logs);
    }

    private Idle tick(World world, StreamTrial<?, ?, ?> trial) {
        Meter.Count count = world.meter.turnOf("tick of " + trial.bot());
        trial.tick(count);
        Units units = count.units();
        double dollars = scheduled(trial.bot(), MINUTES, units.functionMillis(), units.readUnits())
                + MINUTES * units.writeUnits() * bill.prices().writeUnit();
        return new Idle(trial.bot(), "tick each minute", dollars);
    }

    List<Idle> source(Bot.Source source) {
        long times = Schedule.parse(source.schedule()).map(IdleBill::times).orElse(0L);
        return List.of(
                new Idle(
                        source.name(),
                        "runs by its schedule, without what it pulls",
                        bill.runs(source.name(), (double) times, pace.invocationMillis(), 1)),
                told(source.name(), (double) times));
    }

    private static long times(Schedule schedule) {
        long times = 0;
        OptionalLong next = schedule.after(FIRST_MILLIS);
        while (next.isPresent() && next.getAsLong() <= FIRST_MILLIS + MONTH.toMillis() && times < RUNS_MAX) {
            times++;
            next = schedule.after(next.getAsLong());
        }
        return times;
    }

    private double scheduled(String function, double times, double millis, long reads) {
        return times * bill.prices().scheduledInvocation() + bill.runs(function, times, millis, reads);
    }
}
