package dev.weir.infra;

import dev.weir.functions.metrics.Metrics;
import dev.weir.infra.cost.Prices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * What a bus cost in an hour, in dollars, by service: what AWS measured of it, times the prices of the file that the estimate uses too. It needs
 * nothing but the dashboard: CloudWatch reckons when somebody looks.
 *
 * @param dollarsAnHour what is paid whatever happens: shards, schedules, alarms, the dashboard, keys, usual metrics
 */
record CostOfHour(Watched watched, Prices prices, double dollarsAnHour) {

    /** Most metrics of a graph. Source: CloudWatch, "Using metric math". */
    static final int METRICS_MAX = 500;

    static final Duration HOUR = Duration.hours(1);

    private static final double MINUTES_OF_HOUR = 60;
    private static final double MILLIS = 1_000;

    /** Of these alarms and schedules, at the prices that come with this version. */
    static CostOfHour fixed(Watched watched, List<Clock.Tick> ticks, int alarms) {
        Prices prices = Prices.bundled();
        double runs = ticks.stream()
                .mapToDouble(tick -> tick.every().equals(Clock.EVERY_HOUR) ? 1 : MINUTES_OF_HOUR)
                .sum();
        int keys = watched.config().encryption() == BusConfig.Encryption.CUSTOMER_KEY ? 2 : 1; // one is the topic's
        double metrics =
                Metrics.USUAL_OF_BUS + Metrics.USUAL_OF_BOT * watched.telling().size();
        double month = alarms * prices.alarmMonth()
                + prices.dashboardMonth()
                + keys * prices.keyMonth()
                + metrics * prices.metricMonth();
        double streams = watched.streams().size() * streamHour(watched.config(), prices);
        return new CostOfHour(
                watched, prices, month / Prices.MONTH_HOURS + streams + runs * prices.scheduledInvocation());
    }

    private static double streamHour(BusConfig config, Prices prices) {
        boolean keepsLonger = config.streamRetention().compareTo(Prices.KEPT_FREE) > 0;
        return switch (config.streams()) {
            case BusConfig.Streams.OnDemand() -> prices.streamHour();
            case BusConfig.Streams.Provisioned(int shards) ->
                shards * (prices.shardHour() + (keepsLonger ? prices.retainedShardHour() : 0));
        };
    }

    /** Whether a graph can show it: a bus may have more functions than CloudWatch puts into one graph. */
    boolean fits() {
        return 3 * watched.functions().size()
                        + 2 * watched.tables().size()
                        + 2 * watched.streams().size()
                        + byService().size()
                        + 1
                <= METRICS_MAX;
    }

    /** Each service, and all that is paid by the hour. */
    List<IMetric> parts() {
        return List.copyOf(byService().values());
    }

    /** All together. */
    IMetric all() {
        Map<String, IMetric> parts = byService();
        return MathExpression.Builder.create()
                .expression("SUM([" + String.join(",", parts.keySet()) + "])")
                .usingMetrics(parts)
                .label("$ in the last hour")
                .period(HOUR)
                .build();
    }

    private Map<String, IMetric> byService() {
        Map<String, IMetric> parts = new LinkedHashMap<>();
        parts.put("lambda", lambda());
        parts.put("dynamodb", dynamoDb());
        parts.put("kinesis", kinesis());
        parts.put("logs", logs());
        parts.put("fixed", expression("by the hour", "TIME_SERIES(" + plain(dollarsAnHour) + ")", Map.of()));
        return parts;
    }

    private IMetric lambda() {
        Map<String, IMetric> metrics = new LinkedHashMap<>();
        Map<Integer, List<String>> byMemory = new TreeMap<>();
        List<String> terms = new ArrayList<>();
        List<String> all = watched.functions();
        add(metrics, "m_inv", all, bot -> watched.ofFunction(bot, "Invocations", Watched.SUM));
        terms.add(times("_inv", prices.lambdaRequest()));
        all.forEach(bot -> byMemory.computeIfAbsent(watched.config().bot(bot).memoryMb(), _ -> new ArrayList<>())
                .add(bot));
        byMemory.forEach((memory, bots) -> {
            String id = "_ms" + memory + "x";
            add(metrics, "m" + id, bots, bot -> watched.ofFunction(bot, "Duration", Watched.SUM));
            terms.add(times(id, memory / Prices.MEMORY_GIGABYTE_MB / MILLIS * prices.lambdaGigabyteSecond()));
        });
        return expression("Lambda", sum(terms), metrics);
    }

    private IMetric dynamoDb() {
        Map<String, IMetric> metrics = new LinkedHashMap<>();
        List<String> tables = watched.tables();
        add(metrics, "m_rru", tables, table -> watched.ofTable(table, "ConsumedReadCapacityUnits"));
        add(metrics, "m_wru", tables, table -> watched.ofTable(table, "ConsumedWriteCapacityUnits"));
        return expression(
                "DynamoDB", sum(List.of(times("_rru", prices.readUnit()), times("_wru", prices.writeUnit()))), metrics);
    }

    private IMetric kinesis() {
        Map<String, IMetric> metrics = new LinkedHashMap<>();
        List<String> streams = watched.streams();
        add(metrics, "m_put", streams, stream -> watched.ofStream(stream, "IncomingBytes"));
        if (watched.config().streams() instanceof BusConfig.Streams.OnDemand) {
            add(metrics, "m_get", streams, stream -> watched.ofStream(stream, "GetRecords.Bytes"));
            return expression(
                    "Kinesis",
                    sum(List.of(
                            times("_put", prices.gigabyteIn() / Prices.GIGABYTE),
                            times("_get", prices.gigabyteOut() / Prices.GIGABYTE))),
                    metrics);
        }
        // Kinesis measures records and bytes: more units than their sum cannot be.
        add(metrics, "m_rec", streams, stream -> watched.ofStream(stream, "IncomingRecords"));
        return expression(
                "Kinesis",
                sum(List.of(times("_rec", prices.putUnit()), times("_put", prices.putUnit() / Prices.PUT_UNIT_BYTES))),
                metrics);
    }

    private IMetric logs() {
        Map<String, IMetric> metrics = new LinkedHashMap<>();
        add(metrics, "m_log", watched.functions(), watched::logs);
        return expression("logs", sum(List.of(times("_log", prices.logsGigabyte() / Prices.GIGABYTE))), metrics);
    }

    private static void add(
            Map<String, IMetric> metrics, String id, List<String> names, Function<String, Metric> metric) {
        for (int i = 0; i < names.size(); i++) {
            Metric each = metric.apply(names.get(i));
            metrics.put(id + i, each.with(MetricOptions.builder().period(HOUR).build()));
        }
    }

    /** All metrics with this in their ids, summed up, times a price. */
    private static String times(String id, double price) {
        return "SUM(METRICS(\"" + id + "\"))*" + plain(price);
    }

    /** Of those of which there is a value. */
    private static String sum(List<String> terms) {
        return "SUM([" + String.join(",", terms) + "])";
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.18f", value);
    }

    private static MathExpression expression(String label, String text, Map<String, IMetric> metrics) {
        return MathExpression.Builder.create()
                .expression(text)
                .usingMetrics(metrics)
                .label(label)
                .period(HOUR)
                .build();
    }

    /** What is in it and what is not, for people. */
    String says() {
        return "**What the bus costs, in dollars an hour**, at the prices of " + prices.region() + " as known in "
                + prices.asOf() + ", verify before quoting. In it: requests and time of functions; read and write units"
                + " of tables; records put (at most: units of 25 KB are not measured); logs taken in; and by the hour"
                + " shards, schedules, alarms, this dashboard, keys and the usual metrics. Not in it: what is stored,"
                + " requests to S3, KMS, SNS and SQS, traces, metrics of what goes wrong, data that leaves AWS, free"
                + " tiers, taxes. The last hours of CloudWatch's own measures come some minutes late.";
    }
}
