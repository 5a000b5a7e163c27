package dev.weir.local.up;

import dev.weir.bot.Bot;
import dev.weir.flow.LaneCount;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.Subscription;
import dev.weir.local.bus.UsageException;
import dev.weir.local.feed.TableFeed;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.EventSourceMapping;
import dev.weir.local.mapping.FailureDestination;
import dev.weir.local.mapping.MappingSettings;
import dev.weir.local.mapping.ModelShards;
import dev.weir.local.mapping.Position;
import dev.weir.local.mapping.Positions;
import dev.weir.local.template.FunctionResource;
import dev.weir.local.template.MappingResource;
import dev.weir.local.template.MappingResource.Source;
import dev.weir.local.template.ScheduleResource;
import dev.weir.local.template.Template;
import dev.weir.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of a template in this JVM, each with the variables, the time and the memory that it is given there; what feeds them, and what
 * calls them. Nothing else runs: what the template forgets does not happen.
 */
final class TemplatePrograms {

    /** The function that sees to the rows of the bots does it first of all. */
    private static final Duration REGISTERED_MAX = Duration.ofSeconds(20);

    private static final Duration REGISTERED_POLL = Duration.ofMillis(50);

    private final Connection connection;
    private final KinesisModel model;
    private final UpOptions options;
    private final Template template;
    private final Closing closing;
    private final Handlers handlers;
    private final Copies copies;
    private final Functions invoked;
    private final Map<String, InProcessFunction> functions = new HashMap<>();

    /** @param closing stops what is started */
    TemplatePrograms(Connection connection, KinesisModel model, UpOptions options, Template template, Closing closing) {
        this.connection = connection;
        this.model = model;
        this.options = options;
        this.template = template;
        this.closing = closing;
        this.handlers = new Handlers(options.bots());
        this.copies = closing.add(new Copies(connection, options.log()));
        this.invoked = new Functions(options.log());
    }

    /** Looks whether all functions can be made, before anything is started. */
    static void require(Template template, List<Bot> bots) {
        Handlers handlers = new Handlers(bots);
        template.functions().forEach(handlers::require);
    }

    /**
     * Returns when everything runs. The bots have their rows before anything feeds them: who wakes bots looks for new ones now and then only,
     * and on AWS the first minute is waited for.
     */
    void start() {
        template.functions().forEach(this::function);
        closing.add(invoked);
        Clock clock = closing.add(new Clock(() -> connection.wiring().time().epochMillis(), options.log()));
        List<ScheduleResource> schedules = template.schedules().stream()
                .filter(ScheduleResource::isEnabled)
                .toList();
        schedules.stream().filter(this::registersBots).forEach(schedule -> begin(schedule, clock));
        awaitRegistered(schedules);
        requireLanes();
        template.mappings().stream().filter(MappingResource::isEnabled).forEach(this::mapping);
        schedules.stream().filter(schedule -> !registersBots(schedule)).forEach(schedule -> begin(schedule, clock));
    }

    private void begin(ScheduleResource schedule, Clock clock) {
        clock.add(schedule, function(template.function(schedule.function()).name()));
    }

    private void function(FunctionResource resource) {
        FunctionSettings settings = FunctionSettings.of(resource.name(), resource.handler())
                .with(resource.environment())
                .withMemory(resource.memoryMegabytes())
                .timingOutAfter(resource.timeout());
        FunctionSettings bounded = resource.concurrencyMax().isPresent()
                ? settings.withConcurrency(resource.concurrencyMax().getAsInt())
                : settings;
        InProcessFunction function = closing.add(
                new InProcessFunction(bounded, () -> handlers.make(resource, copies.next(), invoked), options.log()));
        functions.put(resource.name(), function);
        invoked.add(resource.name(), function);
        resource.aliases().forEach(alias -> invoked.add(resource.name() + ":" + alias, function));
    }

    private InProcessFunction function(String name) {
        InProcessFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalStateException("was looked at when the template was read: function=" + name);
        }
        return function;
    }

    // ------------------------------------------------------------------ what feeds them

    private void mapping(MappingResource mapping) {
        if (mapping.parallelization() > 1) {
            options.log()
                    .accept("weir: one batch of a shard at a time here, not as on AWS: resource=" + mapping.id()
                            + " ParallelizationFactor=" + mapping.parallelization());
        }
        String function = template.function(mapping.function()).name();
        switch (mapping.source()) {
            case Source.Stream(String stream) -> records(mapping, stream, function);
            case Source.Changes(String table) -> changes(mapping, table, function);
        }
    }

    private void records(MappingResource mapping, String stream, String function) {
        MappingSettings settings = Subscription.between(
                        Up.REGION, stream, mapping.function().text())
                .startingAt(start(mapping))
                .with(mapping.batching())
                .with(mapping.retrying());
        FailureDestination failures = mapping.failures()
                .<FailureDestination>map(bucket -> new GivenUp(connection.s3(), bucket, mapping.id(), () -> connection
                        .wiring()
                        .time()
                        .epochMillis()))
                .orElse(FailureDestination.NONE);
        EventSourceMapping running = new EventSourceMapping(
                settings,
                new ModelShards(model, stream),
                function(function),
                Subscription.positions(options.data(), stream, function),
                failures,
                new Told(function, options.log()),
                connection.wiring().time());
        closing.add(() -> running.stop(Subscription.DRAIN));
        running.start();
    }

    private static Position start(MappingResource mapping) {
        return switch (mapping.start()) {
            case "LATEST" -> new Position.Latest();
            case "AT_TIMESTAMP" ->
                new Position.AtTimestamp(mapping.startAt().orElse(Instant.EPOCH).toEpochMilli());
            default -> Position.TRIM_HORIZON;
        };
    }

    private void changes(MappingResource mapping, String table, String function) {
        String stream = connection
                .dynamoDb()
                .describeTable(describe -> describe.tableName(table))
                .table()
                .latestStreamArn();
        TableFeed.Giving giving = new TableFeed.Giving(
                mapping.batching().size(), mapping.retrying().attemptsMax());
        closing.add(new TableFeed(
                        connection.dynamoDbStreams(),
                        stream,
                        Up.REGION,
                        function(function),
                        Positions.in(options.data(), "feed-" + table + "-" + function),
                        giving,
                        options.log())
                .start());
    }

    // ------------------------------------------------------------------ readiness

    private boolean registersBots(ScheduleResource schedule) {
        return Handlers.registersBots(template.function(schedule.function()));
    }

    private void awaitRegistered(List<ScheduleResource> schedules) {
        if (schedules.stream().noneMatch(this::registersBots)) {
            options.log()
                    .accept(
                            "weir: no schedule of the template registers bots, so tools and other bots do not know them");
            return;
        }
        long end = System.nanoTime() + REGISTERED_MAX.toNanos();
        while (!areRegistered()) {
            if (System.nanoTime() - end > 0) {
                throw new UsageException("the bots were not registered, which the schedule of cron-tick does; the log"
                        + " says why: template=" + template.file() + " waited_s=" + REGISTERED_MAX.toSeconds());
            }
            connection.wiring().time().pause(REGISTERED_POLL);
        }
    }

    private boolean areRegistered() {
        try {
            return options.bots().stream()
                    .allMatch(bot -> connection.rows().find(bot.name()).isPresent());
        } catch (IllegalArgumentException | StoreUnavailableException e) {
            throw new UsageException("the rows of bots cannot be read: template=" + template.file() + " table="
                    + connection.bus().cron().name() + " reason=" + e.getMessage());
        }
    }

    /** A bus from an earlier start may have other lanes; on AWS the log of cron-tick says so, and nothing works. */
    private void requireLanes() {
        int wanted = connection.bus().lanes().count();
        int recorded = LaneCount.recorded(connection.bus(), connection.items()).orElse(wanted);
        if (recorded != wanted) {
            throw new UsageException("this bus has another number of lanes, which never changes: lanes=" + recorded
                    + " template=" + template.file() + " WEIR_LANES=" + wanted + "; use another --data directory");
        }
    }
}
