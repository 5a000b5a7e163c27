package dev.weir.infra;

import dev.weir.flow.Bus;
import dev.weir.model.Lanes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What can be chosen about a bus; everything else follows from its bots. Immutable; thread-safe.
 *
 * <pre>{@code
 * BusConfig.of("shop")
 *         .withLanes(8)
 *         .withStreams(new Streams.Provisioned(4))
 *         .withBot("orders", BotConfig.DEFAULT.withMemoryMb(2_048))
 * }</pre>
 *
 * @param prefix begins every physical name: 1 to 24 lower-case letters, digits and hyphens, beginning with a letter
 * @param lanes lanes of its streams, 1 to 4,096; never changes once the bus has run
 * @param streams how its streams scale
 * @param streamRetention how long a stream keeps records, 1 to 365 days
 * @param queueRetention how long queues keep events, 1 to 3,650 whole days
 * @param logRetention how long logs are kept: a number of days that CloudWatch offers, see {@link LogDays}
 * @param encryption whose key the data is under
 * @param keepData whether tables, streams and bucket stay when the stack is deleted
 * @param defaults how functions run that nothing else is said of
 * @param bots how those run that something is said of, by name of the bot; {@code ingest}, {@code heads}, {@code cron}, {@code cron-tick} and
 *     {@code archive} are the bus's own
 */
public record BusConfig(
        String prefix,
        int lanes,
        Streams streams,
        Duration streamRetention,
        Duration queueRetention,
        LogDays logRetention,
        Encryption encryption,
        boolean keepData,
        BotConfig defaults,
        Map<String, BotConfig> bots) {

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,22}[a-z0-9]|[a-z]");

    /** How streams scale. */
    public sealed interface Streams {

        /** AWS adds and removes shards. Dearer for an even load. */
        record OnDemand() implements Streams {}

        /**
         * As many shards as it is given, until it is given others.
         *
         * @param shards of each stream, 1 to 500
         */
        record Provisioned(int shards) implements Streams {
            public Provisioned {
                Bounds.check("shards", shards, 1, 500);
            }
        }
    }

    /** Whose key data at rest is under. */
    public enum Encryption {
        /** Keys that AWS keeps for the account, without a monthly price. */
        AWS_MANAGED,
        /** One key of the account's own, which the stack makes, rotates each year, and lets the bus's functions use. */
        CUSTOMER_KEY
    }

    public BusConfig {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix must be 1 to 24 lower-case letters, digits and hyphens, beginning with a letter and not"
                            + " ending with a hyphen: prefix=" + prefix);
        }
        Bounds.check("lanes", lanes, 1, Lanes.COUNT_MAX);
        Bounds.check("streamRetention", streamRetention, Duration.ofDays(1), Duration.ofDays(365));
        Bounds.check("queueRetention", queueRetention, Duration.ofDays(1), Duration.ofDays(3_650));
        if (!queueRetention.equals(Duration.ofDays(queueRetention.toDays()))) {
            throw new IllegalArgumentException("queueRetention must be whole days: queueRetention=" + queueRetention);
        }
        bots = Map.copyOf(bots);
    }

    /**
     * One lane, one shard, seven days in streams and in queues, a month of logs, keys of AWS, data that stays. The stream keeps records as long
     * as queues keep events, so that a bot that was stopped for a weekend goes on where it was.
     */
    public static BusConfig of(String prefix) {
        return new BusConfig(
                prefix,
                1,
                new Streams.Provisioned(1),
                Duration.ofDays(7),
                Duration.ofDays(7),
                LogDays.MONTH,
                Encryption.AWS_MANAGED,
                true,
                BotConfig.DEFAULT,
                Map.of());
    }

    /** The names of its resources. */
    public Bus bus() {
        return new Bus(prefix, new Lanes(lanes));
    }

    /** How a bot's function runs. */
    public BotConfig bot(String name) {
        return bots.getOrDefault(name, defaults);
    }

    public BusConfig withLanes(int count) {
        return new BusConfig(
                prefix,
                count,
                streams,
                streamRetention,
                queueRetention,
                logRetention,
                encryption,
                keepData,
                defaults,
                bots);
    }

    public BusConfig withStreams(Streams mode) {
        return new BusConfig(
                prefix,
                lanes,
                mode,
                streamRetention,
                queueRetention,
                logRetention,
                encryption,
                keepData,
                defaults,
                bots);
    }

    public BusConfig withStreamRetention(Duration time) {
        return new BusConfig(
                prefix, lanes, streams, time, queueRetention, logRetention, encryption, keepData, defaults, bots);
    }

    public BusConfig withQueueRetention(Duration time) {
        return new BusConfig(
                prefix, lanes, streams, streamRetention, time, logRetention, encryption, keepData, defaults, bots);
    }

    public BusConfig withLogRetention(LogDays days) {
        return new BusConfig(
                prefix, lanes, streams, streamRetention, queueRetention, days, encryption, keepData, defaults, bots);
    }

    public BusConfig withEncryption(Encryption key) {
        return new BusConfig(
                prefix, lanes, streams, streamRetention, queueRetention, logRetention, key, keepData, defaults, bots);
    }

    public BusConfig withKeepData(boolean keep) {
        return new BusConfig(
                prefix,
                lanes,
                streams,
                streamRetention,
                queueRetention,
                logRetention,
                encryption,
                keep,
                defaults,
                bots);
    }

    public BusConfig withDefaults(BotConfig config) {
        return new BusConfig(
                prefix,
                lanes,
                streams,
                streamRetention,
                queueRetention,
                logRetention,
                encryption,
                keepData,
                config,
                bots);
    }

    /** The same with this bot's function so. */
    public BusConfig withBot(String name, BotConfig config) {
        Map<String, BotConfig> more = new TreeMap<>(bots);
        more.put(name, config);
        return new BusConfig(
                prefix,
                lanes,
                streams,
                streamRetention,
                queueRetention,
                logRetention,
                encryption,
                keepData,
                defaults,
                more);
    }
}
