package dev.weir.infra;

import dev.weir.bot.Bot;
import dev.weir.functions.archive.ArchiveHandler;
import dev.weir.functions.ingest.Ingest;
import dev.weir.functions.ingest.IngestHandler;
import dev.weir.functions.ingest.IngestTick;
import dev.weir.functions.trigger.CronHandler;
import dev.weir.functions.trigger.CronTick;
import dev.weir.functions.trigger.HeadsHandler;
import dev.weir.graph.Source.From;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * A whole bus with its bots: streams, tables, bucket, a function for each bot and those of the bus itself, what feeds them, what runs them and what watches them.
 * Everything but {@link BusConfig} is told by the bots.
 *
 * <pre>{@code
 * new Bus(stack, BusConfig.of("shop"), BotProvider.deployed(), Code.fromAsset("target/weir-functions.jar"));
 * }</pre>
 */
public final class Bus extends Construct {

    /** The function that runs any bot, by its name. */
    static final String BOT_HANDLER = "dev.weir.functions.BotFunction";

    /** The bus's own functions. */
    static final String INGEST_TICK = "ingest-tick";

    static final String HEADS = "heads";
    static final String CRON = "cron";
    static final String CRON_TICK = "cron-tick";
    static final String ARCHIVE = "archive";

    private static final Duration DEAD_LETTERS_KEPT = Duration.days(14);

    private final BusConfig config;
    private final Topology topology;
    private final Permissions permissions;
    private final Store store;
    private final Queue deadLetters;
    private final Site site;
    private final Map<String, BotFunction> functions = new LinkedHashMap<>();
    private final Set<String> fed = new TreeSet<>();
    private final List<Clock.Tick> ticks = new ArrayList<>();
    private final Alarms alarms;

    /**
     * @param bots all that are deployed, helpers too: {@link dev.weir.bot.BotProvider#deployed}
     * @param jar with the functions and the bots
     */
    public Bus(Construct scope, BusConfig config, List<Bot> bots, Code jar) {
        super(scope, "bus");
        this.config = config;
        this.topology = new Topology(config.bus(), bots);
        this.store = new Store(this, config, bots);
        Arns arns = Arns.of(Stack.of(this), config.bus());
        this.permissions = new Permissions(arns);
        this.deadLetters = deadLetters();
        this.site =
                new Site(config, arns, jar, deadLetters, store.encryptionKey().map(key -> key));
        ingest();
        bots.forEach(this::bot);
        trigger();
        archive();
        new Clock(this, site, ticks);
        new RStreams(this, site);
        Watched watched = Watched.of(config, functions, fed, store, bots);
        this.alarms = new Alarms(this, watched);
        new Board(this, watched, CostOfHour.fixed(watched, ticks, alarms.count()));
        Reasons.give(this);
    }

    private Queue deadLetters() {
        Queue.Builder queue = Queue.Builder.create(this, "dead-letters")
                .queueName(config.prefix() + "-dead-letters")
                .retentionPeriod(DEAD_LETTERS_KEPT)
                .enforceSsl(true);
        store.encryptionKey()
                .ifPresentOrElse(
                        key -> queue.encryption(QueueEncryption.KMS).encryptionMasterKey(key),
                        () -> queue.encryption(QueueEncryption.SQS_MANAGED));
        return queue.build();
    }

    private void ingest() {
        Map<String, String> retention = Map.of(
                "WEIR_RETENTION_DAYS", Long.toString(config.queueRetention().toDays()));
        BotFunction ingest = function(
                Ingest.NAME, IngestHandler.class.getName(), retention, permissions.ingest(config.bot(Ingest.NAME)));
        records(ingest, dev.weir.flow.Bus.EVENTS);
        BotFunction tick = function(
                INGEST_TICK, IngestTick.class.getName(), retention, permissions.ingest(config.bot(Ingest.NAME)));
        ticks.add(new Clock.Tick(tick, Clock.EVERY_MINUTE, Clock.TICK));
    }

    private void bot(Bot bot) {
        BotConfig size = config.bot(bot.name());
        BotFunction function = function(
                bot.name(),
                BOT_HANDLER,
                Map.of("WEIR_BOT", bot.name(), "WEIR_INSTANCES", Integer.toString(size.instances())),
                permissions.of(bot, size));
        switch (bot) {
            case Bot.Reader reader -> {
                if (reader.graph().source().from() instanceof From.Stream(String stream)) {
                    records(function, stream);
                    ticks.add(new Clock.Tick(function, Clock.EVERY_MINUTE, Clock.TICK));
                }
            }
            case Bot.Source source -> source.wakers().forEach(table -> hints(function, table));
        }
    }

    /** Wakes bots when their queues have something new, and runs those that are woken, or whose time has come. */
    private void trigger() {
        BotFunction heads = function(HEADS, HeadsHandler.class.getName(), Map.of(), permissions.heads());
        changes(heads, config.bus().heads());
        List<String> invoked = topology.invoked();
        BotFunction cron = function(CRON, CronHandler.class.getName(), Map.of(), permissions.cron(invoked));
        changes(cron, config.bus().cron());
        BotFunction tick = function(CRON_TICK, CronTick.class.getName(), Map.of(), permissions.cronTick(invoked));
        ticks.add(new Clock.Tick(tick, Clock.EVERY_MINUTE, "{}"));
    }

    private void archive() {
        BotFunction archive = function(ARCHIVE, ArchiveHandler.class.getName(), Map.of(), permissions.archive());
        ticks.add(new Clock.Tick(archive, Clock.EVERY_HOUR, "{}"));
    }

    private BotFunction function(
            String bot, String handler, Map<String, String> environment, List<Permission> allowed) {
        if (functions.containsKey(bot)) {
            throw new IllegalArgumentException("a bot has the name of a function of the bus: name=" + bot);
        }
        BotFunction function = new BotFunction(this, site, new BotFunction.Spec(bot, handler, environment, allowed));
        functions.put(bot, function);
        return function;
    }

    private void changes(BotFunction function, dev.weir.port.Table table) {
        fed.add(function.bot());
        Mapping.ofChanges(function, function, changes(table));
    }

    private void hints(BotFunction function, String table) {
        fed.add(function.bot());
        Mapping.ofHints(function, table, function, changes(config.bus().rows(table)));
    }

    private void records(BotFunction function, String stream) {
        fed.add(function.bot());
        Mapping.ofStream(
                function,
                function,
                config.bot(function.bot()),
                store.stream(stream).getStreamArn(),
                store.bucketOfEvents().getBucketArn());
    }

    private String changes(dev.weir.port.Table table) {
        return Optional.ofNullable(store.table(table).getTableStreamArn())
                .orElseThrow(() -> new IllegalStateException("a table tells no changes: table=" + table.name()));
    }

    /** What was chosen. */
    public BusConfig config() {
        return config;
    }

    /** Its streams and tables, as the bots tell them. */
    public Topology topology() {
        return topology;
    }

    /** Where its data is. */
    public Store store() {
        return store;
    }

    /** Takes what an invocation was to do that nobody will do again. */
    public Queue deadLetterQueue() {
        return deadLetters;
    }

    /** What calls people. */
    public Alarms alarms() {
        return alarms;
    }

    /** All functions, the bus's own too, by the name of the bot. */
    public Map<String, BotFunction> functions() {
        return Map.copyOf(functions);
    }
}
