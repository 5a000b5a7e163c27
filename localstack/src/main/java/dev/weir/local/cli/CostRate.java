package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often something comes, as people write it: {@code 1000/s}, {@code 2.5M/day}. */
final class CostRate {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([kM]?)/(s|min|h|day)");
    private static final Map<String, Double> SECONDS = Map.of("s", 1.0, "min", 60.0, "h", 3_600.0, "day", 86_400.0);
    private static final Map<String, Double> TIMES = Map.of("", 1.0, "k", 1e3, "M", 1e6);

    private CostRate() {}

    /**
     * Times a second.
     *
     * @throws UsageException if it is not written so
     */
    static double perSecond(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "a rate is a number and a unit, like 1000/s, 30/min, 5k/h or 2.5M/day: --rate=" + text);
        }
        return Double.parseDouble(matcher.group(1))
                * TIMES.getOrDefault(matcher.group(2), 1.0)
                / SECONDS.getOrDefault(matcher.group(3), 1.0);
    }
}
