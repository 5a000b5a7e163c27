package dev.weir.infra.cost;

import dev.weir.functions.metrics.Metrics;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Estimate.Owner;
import dev.weir.infra.cost.Estimate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * From counts to dollars.
 *
 * @param shards of each stream
 */
record Bill(Prices prices, BusConfig config, int shards) {

    private static final double MEGABYTE = 1e6;
    private static final double MB_PER_LOG_GB = 1_000;

    /** Functions of the bus that do not tell their runs. */
    private static final Set<String> SILENT = Set.of(QueueTrials.HEADS, QueueTrials.CRON);

    /**
     * What each one costs.
     *
     * @param fedPerSecond events into each stream
     */
    List<Owner> owners(Trial.Counted counted, double fedPerSecond) {
        List<Owner> owners = new ArrayList<>();
        new TreeMap<>(counted.units()).forEach((who, units) -> {
            double events = units.events() > 0 ? units.events() : counted.events();
            List<Part> parts = parts(who, units, 1e6 / events);
            if (!parts.isEmpty()) {
                owners.add(new Owner(who, fedPerSecond * counted.perFed().getOrDefault(who, 1.0), units, parts));
            }
        });
        return owners;
    }

    private List<Part> parts(String who, Units units, double times) {
        List<Part> parts = new ArrayList<>();
        if (config.streams() instanceof BusConfig.Streams.OnDemand) {
            add(
                    parts,
                    "kinesis in and out",
                    units.putBytes() / Prices.GIGABYTE * times,
                    "GB",
                    prices.gigabyteIn() + prices.gigabyteOut());
        } else {
            add(parts, "kinesis puts", units.putUnits() * times, "put units", prices.putUnit());
        }
        add(parts, "dynamodb commits", units.commitUnits() * times, "write units", prices.writeUnit());
        add(parts, "dynamodb rows", units.rowUnits() * times, "write units", prices.writeUnit());
        add(parts, "dynamodb deletes", units.deleteUnits() * times, "write units", prices.writeUnit());
        add(parts, "dynamodb reads", units.readUnits() * times, "read units", prices.readUnit());
        add(parts, "lambda requests", units.invocations() * times, "requests", prices.lambdaRequest());
        add(
                parts,
                "lambda time",
                gigabyteSeconds(who, units.functionMillis()) * times,
                "GB-seconds",
                prices.lambdaGigabyteSecond());
        if (!SILENT.contains(who)) {
            double bytes = (double) units.invocations() * Metrics.RUN_BYTES;
            add(parts, "logs of runs", bytes / MEGABYTE * times, "MB", prices.logsGigabyte() / MB_PER_LOG_GB);
        }
        add(parts, "s3 puts", units.objectPuts() * times, "requests", prices.objectPut());
        add(parts, "s3 gets", units.objectGets() * times, "requests", prices.objectGet());
        return parts;
    }

    private static void add(List<Part> parts, String resource, double perMillion, String unit, double price) {
        if (perMillion > 0) {
            parts.add(new Part(resource, perMillion, unit, perMillion * price));
        }
    }

    double gigabyteSeconds(String function, double millis) {
        return config.bot(function).memoryMb() / Prices.MEMORY_GIGABYTE_MB * millis / 1_000;
    }

    /** Dollars of some runs of a function. */
    double runs(String function, double times, double millisEach, long readUnitsEach) {
        return times
                * (prices.lambdaRequest()
                        + gigabyteSeconds(function, millisEach) * prices.lambdaGigabyteSecond()
                        + readUnitsEach * prices.readUnit());
    }
}
