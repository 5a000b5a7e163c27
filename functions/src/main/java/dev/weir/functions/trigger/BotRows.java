package dev.weir.functions.trigger;

import dev.weir.bot.Bot;
import dev.weir.cron.Controls;
import dev.weir.cron.CronRow;
import dev.weir.cron.CronRows;
import dev.weir.cron.Registration;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneCount;
import dev.weir.functions.Wiring;
import dev.weir.functions.ingest.Ingest;
import dev.weir.graph.Source.From;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that a deployed bus knows its bots: each has a row that says which function runs it, what wakes it, and its schedule. Done when
 * the scheduled function of a new version begins, and changes only rows that say something else. Thread-safe.
 *
 * <p>Rows of bots that are no longer deployed stay, with their checkpoints.
 */
public final class BotRows {

    /** The alias of every function: the version that is deployed. */
    public static final String ALIAS = "live";

    /** Most characters of a function's name. Source: Lambda, CreateFunction. */
    public static final int FUNCTION_CHARS_MAX = 64;

    private static final String EVERY_MINUTE = "* * * * *";

    private final Wiring wiring;
    private final List<Registration> registrations;

    /** Of all bots that are deployed, helpers too. */
    public BotRows(Wiring wiring, List<Bot> bots) {
        this.wiring = wiring;
        this.registrations = registrations(wiring.bus(), bots);
    }

    /**
     * The name of a bot's function: the bus's prefix and the bot's name, with underscores for dots, which names of functions cannot have.
     *
     * @throws IllegalArgumentException if it is longer than {@value #FUNCTION_CHARS_MAX} characters
     */
    public static String functionName(Bus bus, String bot) {
        String name = bus.prefix() + "-" + bot.replace('.', '_');
        if (name.length() > FUNCTION_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "the name of a function is too long, shorten the bot's name or the prefix:"
                            + " bot=" + bot + " function=" + name + " characters=" + name.length() + " max="
                            + FUNCTION_CHARS_MAX);
        }
        return name;
    }

    /** By what a bot's function is invoked: its name and {@link #ALIAS}. */
    public static String function(Bus bus, String bot) {
        return functionName(bus, bot) + ":" + ALIAS;
    }

    static List<Registration> registrations(Bus bus, List<Bot> bots) {
        List<Registration> all = new ArrayList<>();
        all.add(Registration.onStream(Ingest.NAME, Bus.EVENTS));
        bots.forEach(bot -> all.add(registration(bot, function(bus, bot.name()))));
        return List.copyOf(all);
    }

    /**
     * What a bot says of itself when it is registered.
     *
     * @param function name of the function to invoke
     */
    public static Registration registration(Bot bot, String function) {
        return switch (bot) {
            case Bot.Reader reader ->
                switch (reader.graph().source().from()) {
                    case From.Stream(String stream) -> Registration.onStream(bot.name(), stream);
                    case From.Queues(List<String> queues) -> onQueues(reader, function, queues);
                };
            case Bot.Source source ->
                new Registration(
                        bot.name(),
                        Optional.of(function),
                        List.of(),
                        Optional.of(source.schedule()),
                        Optional.empty(),
                        "brings events into the queue " + source.out());
        };
    }

    private static Registration onQueues(Bot.Reader bot, String function, List<String> queues) {
        Registration registration = Registration.onQueues(
                bot.name(), function, queues.stream().map(QueueName::of).toList());
        return bot.graph().isTimed() ? registration.at(EVERY_MINUTE) : registration;
    }

    /**
     * Makes the rows that are missing, changes those that say something else, and notes the number of lanes, by which tools find it.
     *
     * @return the bots whose rows were made or changed
     * @throws IllegalStateException if the bus has another number of lanes
     */
    public List<String> write() {
        Bus bus = wiring.bus();
        int lanes = LaneCount.record(bus, wiring.items());
        if (lanes != bus.lanes().count()) {
            throw new IllegalStateException("the bus has another number of lanes, which never changes: lanes=" + lanes
                    + " deployed=" + bus.lanes().count());
        }
        CronRows rows = new CronRows(bus.cron(), wiring.items(), wiring.time());
        Controls controls = new Controls(bus.cron(), wiring.items(), wiring.time());
        List<String> changed = new ArrayList<>();
        for (Registration wanted : registrations) {
            if (rows.find(wanted.bot()).filter(row -> says(row, wanted)).isEmpty()) {
                controls.register(wanted);
                changed.add(wanted.bot());
            }
        }
        return changed;
    }

    private static boolean says(CronRow row, Registration wanted) {
        return row.function().equals(wanted.function())
                && row.triggers().equals(wanted.triggers())
                && row.schedule().equals(wanted.schedule())
                && row.stream().equals(wanted.stream());
    }
}
