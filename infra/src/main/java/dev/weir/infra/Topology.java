package dev.weir.infra;

import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.graph.Source.From;
import dev.weir.port.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which streams and tables the bots of a bus need: told by their graphs, and nowhere else. Immutable; thread-safe.
 *
 * @param bots all that are deployed, helpers too
 */
public record Topology(Bus bus, List<Bot> bots) {
    private static final String TTL = "ttl";

    /** When a removed row is forgotten. */
    private static final String ROW_TTL = "weir_ttl";

    public Topology {
        bots = List.copyOf(bots);
    }

    /** The logical names of all streams. */
    public Set<String> streams() {
        Set<String> streams = new TreeSet<>(Set.of(Bus.EVENTS));
        for (Bot bot : bots) {
            if (bot instanceof Bot.Reader reader
                    && reader.graph().source().from() instanceof From.Stream(String stream)) {
                streams.add(stream);
            }
            for (Bot.Use use : bot.uses()) {
                if (use instanceof Bot.Use.PutsInto(String stream)) {
                    streams.add(stream);
                }
            }
        }
        return streams;
    }

    /** All tables, with the attribute by which items expire, if any do. */
    public Map<Table, Optional<String>> tables() {
        Map<Table, Optional<String>> tables = new LinkedHashMap<>();
        for (Table table : bus.tables()) {
            boolean expires = table.equals(bus.checkpoints()) || table.equals(bus.queues());
            tables.put(table, expires ? Optional.of(TTL) : Optional.empty());
        }
        bots.forEach(bot -> state(bot).ifPresent(table -> tables.put(table, Optional.empty())));
        rows().forEach(name -> tables.put(bus.rows(name), Optional.of(ROW_TTL)));
        return tables;
    }

    /** The table of a bot's state. */
    public Optional<Table> state(Bot bot) {
        return switch (bot) {
            case Bot.Reader reader ->
                reader.graph().isKeyed()
                        ? Optional.of(
                                bus.state(bot.name(), reader.graph().table().name()))
                        : Optional.empty();
            case Bot.Source source -> Optional.of(bus.state(source.name(), "cursor"));
        };
    }

    /** Those that the bus invokes: bots on queues, and those that bring events from outside. */
    public List<String> invoked() {
        List<String> invoked = new ArrayList<>();
        for (Bot bot : bots) {
            boolean isOnStream =
                    bot instanceof Bot.Reader reader && reader.graph().source().from() instanceof From.Stream;
            if (!isOnStream) {
                invoked.add(bot.name());
            }
        }
        return invoked;
    }

    private Set<String> rows() {
        Set<String> rows = new TreeSet<>();
        for (Bot bot : bots) {
            for (Bot.Use use : bot.uses()) {
                switch (use) {
                    case Bot.Use.WritesRows(String table) -> rows.add(table);
                    case Bot.Use.ReadsChanges(String table) -> rows.add(table);
                    case Bot.Use.ReadsObjects _, Bot.Use.WritesObjects _, Bot.Use.PutsInto _ -> {}
                }
            }
            if (bot instanceof Bot.Source source) {
                rows.addAll(source.wakers());
            }
        }
        return rows;
    }
}
