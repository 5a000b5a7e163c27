package dev.weir.local.up;

import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.port.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What bots need to be there: tables and streams. */
final class Needs {

    /** What a source keeps is in this table of its state; see {@link dev.weir.bot.SourceRun}. */
    private static final String CURSOR = "cursor";

    private Needs() {}

    /** The tables of a bus with these bots, each once. */
    static List<Table> tables(Bus bus, List<Bot> bots) {
        Set<Table> tables = new LinkedHashSet<>(bus.tables());
        for (Bot bot : bots) {
            switch (bot) {
                case Bot.Reader reader -> {
                    if (reader.graph().isKeyed()) {
                        tables.add(bus.state(bot.name(), reader.graph().table().name()));
                    }
                }
                case Bot.Source source -> {
                    tables.add(bus.state(bot.name(), CURSOR));
                    source.wakers().forEach(table -> tables.add(bus.rows(table)));
                }
            }
            for (Bot.Use use : bot.uses()) {
                switch (use) {
                    case Bot.Use.WritesRows(String table) -> tables.add(bus.rows(table));
                    case Bot.Use.ReadsChanges(String table) -> tables.add(bus.rows(table));
                    case Bot.Use.ReadsObjects _, Bot.Use.WritesObjects _, Bot.Use.PutsInto _ -> {}
                }
            }
        }
        return new ArrayList<>(tables);
    }

    /** The logical names of the streams that are read or written. */
    static Set<String> streams(List<Bot> bots) {
        Set<String> streams = new TreeSet<>(Set.of(Bus.EVENTS));
        for (Bot bot : bots) {
            if (bot instanceof Bot.Reader reader) {
                streams.add(reader.graph().source().stream());
            }
            for (Bot.Use use : bot.uses()) {
                if (use instanceof Bot.Use.PutsInto(String stream)) {
                    streams.add(stream);
                }
            }
        }
        return streams;
    }
}
