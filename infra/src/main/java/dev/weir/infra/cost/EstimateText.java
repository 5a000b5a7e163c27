package dev.weir.infra.cost;

import dev.weir.infra.cost.Estimate.Idle;
import dev.weir.infra.cost.Estimate.Owner;
import dev.weir.infra.cost.Estimate.Part;
import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An estimate for people and for programs. */
public final class EstimateText {
    private static final String GAP = "  ";

    private EstimateText() {}

    /** A table for people, with what it was reckoned for and what is not in it. */
    public static String table(Estimate estimate) {
        StringBuilder text = new StringBuilder();
        Load load = estimate.load();
        text.append(String.format(
                Locale.ROOT,
                "for %,.6g events a second into each stream, of %,d bytes, %,d keys; %d lane(s), %d shard(s) a stream%n%n",
                load.eventsPerSecond(),
                load.eventBytes(),
                load.keys(),
                estimate.lanes(),
                estimate.shards()));
        List<List<String>> lines =
                new ArrayList<>(List.of(List.of("", "EVENTS/S", "UNITS A MILLION", "$ A MILLION", "$ A MONTH")));
        for (Owner owner : estimate.owners()) {
            lines.add(List.of(
                    owner.bot(),
                    number("%,.1f", owner.eventsPerSecond()),
                    "",
                    number("%.4f", owner.dollarsPerMillion()),
                    number("%,.2f", owner.dollarsPerMonth())));
            owner.parts().stream()
                    .sorted(Comparator.comparingDouble(Part::dollarsPerMillion).reversed())
                    .forEach(part -> lines.add(List.of(
                            "  " + part.resource(),
                            "",
                            number("%,.0f", part.perMillion()) + " " + part.unit(),
                            number("%.4f", part.dollarsPerMillion()),
                            "")));
        }
        lines.add(List.of("when idle", "", "", "", number("%,.2f", estimate.idleDollarsPerMonth())));
        for (Idle idle : estimate.idle()) {
            lines.add(List.of(
                    "  " + idle.owner() + ": " + idle.resource(), "", "", "", number("%,.2f", idle.dollarsPerMonth())));
        }
        lines.add(List.of("all", "", "", "", number("%,.2f", estimate.dollarsPerMonth())));
        align(lines, text);
        estimate.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
        return text.append(basis(estimate)).append(System.lineSeparator()).toString();
    }

    private static String basis(Estimate estimate) {
        return "Prices of " + estimate.prices().region() + " as known in "
                + estimate.prices().asOf()
                + ", verify before quoting. Not in it: storage, alarms, data that leaves AWS, free tiers.";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** The first column to the left, the others to the right. */
    private static void align(List<List<String>> lines, StringBuilder text) {
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                int column = i;
                int width = lines.stream()
                        .mapToInt(other -> other.get(column).length())
                        .max()
                        .orElse(0);
                String padding = " ".repeat(width - line.get(i).length());
                row.append(i == 0 ? line.get(i) + padding : GAP + padding + line.get(i));
            }
            text.append(row.toString().stripTrailing()).append(System.lineSeparator());
        }
        text.append(System.lineSeparator());
    }

    /** One JSON object with the same figures. */
    public static Json json(Estimate estimate) {
        Load load = estimate.load();
        return Json.of("{\"region\":" + Json.quoted(estimate.prices().region()) + ",\"asOf\":"
                + Json.quoted(estimate.prices().asOf()) + ",\"eventsPerSecond\":" + plain(load.eventsPerSecond())
                + ",\"eventBytes\":" + load.eventBytes() + ",\"keys\":" + load.keys() + ",\"lanes\":" + estimate.lanes()
                + ",\"shards\":" + estimate.shards() + ",\"owners\":"
                + estimate.owners().stream().map(EstimateText::json).collect(Collectors.joining(",", "[", "]"))
                + ",\"idle\":"
                + estimate.idle().stream().map(EstimateText::json).collect(Collectors.joining(",", "[", "]"))
                + ",\"idleDollarsPerMonth\":" + plain(estimate.idleDollarsPerMonth()) + ",\"dollarsPerMonth\":"
                + plain(estimate.dollarsPerMonth()) + ",\"notes\":"
                + estimate.notes().stream().map(Json::quoted).collect(Collectors.joining(",", "[", "]")) + "}");
    }

    private static String json(Owner owner) {
        return "{\"name\":" + Json.quoted(owner.bot()) + ",\"eventsPerSecond\":" + plain(owner.eventsPerSecond())
                + ",\"dollarsPerMillion\":" + plain(owner.dollarsPerMillion()) + ",\"dollarsPerMonth\":"
                + plain(owner.dollarsPerMonth()) + ",\"parts\":"
                + owner.parts().stream()
                        .map(part -> "{\"resource\":" + Json.quoted(part.resource()) + ",\"unitsPerMillion\":"
                                + plain(part.perMillion()) + ",\"unit\":" + Json.quoted(part.unit())
                                + ",\"dollarsPerMillion\":" + plain(part.dollarsPerMillion()) + "}")
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String json(Idle idle) {
        return "{\"name\":" + Json.quoted(idle.owner()) + ",\"resource\":" + Json.quoted(idle.resource())
                + ",\"dollarsPerMonth\":" + plain(idle.dollarsPerMonth()) + "}";
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
