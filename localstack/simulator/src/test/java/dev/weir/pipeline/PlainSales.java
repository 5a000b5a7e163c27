package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What {@link SalesPipeline} must come to: a plain program that goes over the events one after another, and knows nothing of lanes, commits or
 * versions.
 */
final class PlainSales {
    private final List<Sale> sales;
    private final Map<Long, Sale> byNumber = new HashMap<>();
    private final Function<String, List<String>> results;

    /**
     * @param given what takes effect, in the order in which it was given
     * @param results lines of a queue, those of one key in their order
     */
    PlainSales(List<Sale> given, Function<String, List<String>> results) {
        this.sales = counted(given);
        this.results = results;
        sales.forEach(sale -> byNumber.put(sale.n(), sale));
    }

    private static List<Sale> counted(List<Sale> given) {
        Set<String> seen = new HashSet<>();
        return given.stream()
                .filter(Sale::isWanted)
                .filter(sale -> sale.id().isEmpty() || seen.add(sale.shop() + " " + sale.id()))
                .toList();
    }

    private Map<String, List<Sale>> by(Function<Sale, String> key) {
        return sales.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private Map<String, List<String>> lines(String queue) {
        Map<String, List<String>> lines = new TreeMap<>();
        for (String line : results.apply(queue)) {
            int space = line.indexOf(' ');
            lines.computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>())
                    .add(line.substring(space + 1));
        }
        return lines;
    }

    // ------------------------------------------------------------------ what every version does

    /** Each event counts once, in the order of its shop. */
    void auditCounts() {
        Map<String, List<String>> expected = new TreeMap<>();
        by(Sale::shop).forEach((shop, all) -> {
            List<String> lines = new ArrayList<>();
            all.forEach(sale -> lines.add(sale.n() + " " + (lines.size() + 1)));
            expected.put(shop, lines);
        });
        assertThat(lines("counts")).as("the counts of shops").isEqualTo(expected);
    }

    /** Of each city every event counts once, those of one shop in their order. */
    void auditCities() {
        Map<String, List<String>> found = lines("cities");
        by(Sale::city).forEach((city, all) -> {
            List<String> lines = found.getOrDefault(city, List.of());
            assertThat(counts(lines)).as("the counts of a city").isEqualTo(upTo(all.size()));
            auditShopsOf(numbers(lines), all, "the events of a city");
        });
        assertThat(found.keySet()).as("cities").isEqualTo(by(Sale::city).keySet());
    }

    /** The same where events were put back behind later ones. */
    void auditCitiesInAnyOrder() {
        Map<String, List<String>> found = lines("cities");
        by(Sale::city).forEach((city, all) -> {
            List<String> lines = found.getOrDefault(city, List.of());
            assertThat(counts(lines)).as("the counts of a city").isEqualTo(upTo(all.size()));
            assertThat(numbers(lines)).containsExactlyInAnyOrderElementsOf(numbersOf(all));
        });
    }

    private void auditShopsOf(List<Long> numbers, List<Sale> expected, String what) {
        assertThat(numbers).as(what).containsExactlyInAnyOrderElementsOf(numbersOf(expected));
        assertThat(byShop(numbers))
                .as(what + ", those of a shop in their order")
                .isEqualTo(byShop(numbersOf(expected)));
    }

    private Map<String, List<Long>> byShop(List<Long> numbers) {
        return numbers.stream()
                .collect(Collectors.groupingBy(n -> byNumber.get(n).shop()));
    }

    private static List<Long> numbersOf(List<Sale> sales) {
        return sales.stream().map(Sale::n).toList();
    }

    private static List<Long> numbers(List<String> lines) {
        return lines.stream()
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    private static List<Long> counts(List<String> lines) {
        return lines.stream()
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    private static List<Long> upTo(long count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    // ------------------------------------------------------------------ joins

    void auditJoins() {
        Map<String, List<String>> latest = new TreeMap<>();
        List<String> within = new ArrayList<>();
        by(Sale::shop).forEach((shop, all) -> {
            long price = -1;
            for (Sale sale : all) {
                if (sale.isPrice()) {
                    price = sale.n();
                } else {
                    latest.computeIfAbsent(shop, _ -> new ArrayList<>()).add(sale.n() + " " + price);
                    all.stream()
                            .filter(Sale::isPrice)
                            .filter(other -> Math.abs(other.hour() - sale.hour()) <= SalesPipeline.WITHIN_HOURS)
                            .forEach(other -> within.add(shop + " " + sale.n() + " " + other.n()));
                }
            }
        });
        assertThat(lines("latest")).as("sales with the latest price").isEqualTo(latest);
        assertThat(results.apply("within"))
                .as("sales and prices near each other")
                .containsExactlyInAnyOrderElementsOf(within);
    }

    // ------------------------------------------------------------------ windows

    /** When all of them have ended. */
    void auditWindows() {
        assertThat(lines("windows")).as("windows of shops").isEqualTo(windows(by(Sale::shop)));
        Map<String, List<String>> cities = lines("city-windows");
        by(Sale::city).forEach((city, all) -> {
            Map<Long, List<Sale>> expected =
                    all.stream().collect(Collectors.groupingBy(PlainSales::window, TreeMap::new, Collectors.toList()));
            List<String> found = cities.getOrDefault(city, List.of());
            assertThat(numbers(found)).as("windows of a city").isEqualTo(List.copyOf(expected.keySet()));
            found.forEach(line -> auditShopsOf(
                    inWindow(line), expected.get(numbers(List.of(line)).getFirst()), "a window of a city"));
        });
        assertThat(sortedLines("sessions")).as("sessions of shops").isEqualTo(sessions());
    }

    private static Map<String, List<String>> windows(Map<String, List<Sale>> byKey) {
        Map<String, List<String>> windows = new TreeMap<>();
        byKey.forEach((key, all) -> {
            TreeMap<Long, String> texts = new TreeMap<>();
            all.forEach(sale -> texts.merge(window(sale), window(sale) + " " + sale.n(), (a, _) -> a + " " + sale.n()));
            windows.put(key, List.copyOf(texts.values()));
        });
        return windows;
    }

    private static long window(Sale sale) {
        return Math.floorDiv(sale.hour(), SalesPipeline.WINDOW_HOURS) * SalesPipeline.WINDOW_HOURS;
    }

    private static List<Long> inWindow(String line) {
        return List.of(line.split(" ")).stream().skip(1).map(Long::valueOf).toList();
    }

    /** In a session events are put together in the order in which sessions became one: so the order in them is left out. */
    private Map<String, List<String>> sortedLines(String queue) {
        Map<String, List<String>> sorted = new TreeMap<>();
        lines(queue)
                .forEach((key, lines) -> sorted.put(
                        key,
                        lines.stream()
                                .map(line -> numbers(List.of(line)).getFirst() + " "
                                        + inWindow(line).stream().sorted().toList())
                                .toList()));
        return sorted;
    }

    private Map<String, List<String>> sessions() {
        Map<String, List<String>> sessions = new TreeMap<>();
        by(Sale::shop).forEach((shop, all) -> {
            List<Sale> byTime = all.stream()
                    .sorted(java.util.Comparator.comparingLong(Sale::hour))
                    .toList();
            List<List<Sale>> found = new ArrayList<>();
            for (Sale sale : byTime) {
                if (found.isEmpty() || sale.hour() - found.getLast().getLast().hour() >= SalesPipeline.GAP_HOURS) {
                    found.add(new ArrayList<>());
                }
                found.getLast().add(sale);
            }
            sessions.put(
                    shop,
                    found.stream()
                            .map(session -> session.getFirst().hour() + " "
                                    + numbersOf(session).stream().sorted().toList())
                            .toList());
        });
        return sessions;
    }

    // ------------------------------------------------------------------ what only some versions do

    /** A step that was not always there counts what came while it was, each once, and begins again with what it had. */
    void auditSometimes(String queue) {
        lines(queue)
                .forEach((key, lines) ->
                        assertThat(counts(lines)).as("%s of %s", queue, key).isEqualTo(upTo(lines.size())));
    }

    void auditThirds() {
        auditSometimes("thirds");
        List<Long> numbers = results.apply("thirds").stream()
                .map(line -> Long.parseLong(line.split(" ")[1]))
                .toList();
        assertThat(numbers).as("what travelled to the added branch").doesNotHaveDuplicates();
        assertThat(byNumber.keySet()).containsAll(numbers);
    }
}
