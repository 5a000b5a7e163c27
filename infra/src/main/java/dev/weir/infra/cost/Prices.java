package dev.weir.infra.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Properties;

/**
 * What AWS asks for, in US dollars, of one region and month. Immutable; thread-safe.
 *
 * @param region for example {@code us-east-1}
 * @param asOf the month in which the prices were looked up: {@code 2026-11}
 */
public record Prices(
        String region,
        String asOf,
        double shardHour,
        double putUnit,
        double retainedShardHour,
        double streamHour,
        double gigabyteIn,
        double gigabyteOut,
        double lambdaRequest,
        double lambdaGigabyteSecond,
        double writeUnit,
        double readUnit,
        double objectPut,
        double objectGet,
        double scheduledInvocation,
        double keyMonth,
        double metricMonth,
        double logsGigabyte,
        double alarmMonth,
        double dashboardMonth) {

    /** Hours of a month, as AWS reckons. */
    public static final int MONTH_HOURS = 730;

    /** A stream keeps records so long without further charge. */
    public static final Duration KEPT_FREE = Duration.ofDays(1);

    /** A put into Kinesis of so many bytes is one unit. Source: Kinesis, pricing. */
    public static final int PUT_UNIT_BYTES = 25 * 1_024;

    /** Bytes of a gigabyte of data in, data out and logs. */
    public static final double GIGABYTE = 1e9;

    /** Megabytes of a gigabyte of a function's memory. */
    public static final double MEMORY_GIGABYTE_MB = 1_024;

    /** The file that comes with this version. */
    static final String BUNDLED = "prices-us-east-1-2026-11.properties";

    private static final double MILLION = 1e6;

    /** The prices that come with this version. */
    public static Prices bundled() {
        try (InputStream in = Prices.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the file with the prices is not in the jar: file=" + BUNDLED);
            }
            Properties properties = new Properties();
            properties.load(in);
            return of(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The prices of a file like the bundled one.
     *
     * @throws IllegalArgumentException if one is missing or is no number; the message names it
     */
    public static Prices of(Properties properties) {
        return new Prices(
                properties.getProperty("region", ""),
                properties.getProperty("asOf", ""),
                price(properties, "kinesis.shardHour"),
                price(properties, "kinesis.putUnitsMillion") / MILLION,
                price(properties, "kinesis.retainedShardHour"),
                price(properties, "kinesis.streamHour"),
                price(properties, "kinesis.gigabyteIn"),
                price(properties, "kinesis.gigabyteOut"),
                price(properties, "lambda.requestsMillion") / MILLION,
                price(properties, "lambda.gigabyteSecond"),
                price(properties, "dynamodb.writeUnitsMillion") / MILLION,
                price(properties, "dynamodb.readUnitsMillion") / MILLION,
                price(properties, "s3.putsThousand") / 1_000,
                price(properties, "s3.getsThousand") / 1_000,
                price(properties, "scheduler.invocationsMillion") / MILLION,
                price(properties, "kms.keyMonth"),
                price(properties, "cloudwatch.metricMonth"),
                price(properties, "cloudwatch.logsGigabyte"),
                price(properties, "cloudwatch.alarmMonth"),
                price(properties, "cloudwatch.dashboardMonth"));
    }

    private static double price(Properties properties, String name) {
        String text = properties.getProperty(name, "");
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a price must be a number: " + name + "=" + text, e);
        }
    }
}
