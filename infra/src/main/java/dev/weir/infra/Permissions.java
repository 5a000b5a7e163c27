package dev.weir.infra;

import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.functions.ingest.Ingest;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source.From;
import dev.weir.port.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What each function may do, and no more: derived from the graph of its bot. Immutable; thread-safe.
 *
 * <p>A bot reads what it reads, writes what it writes, and has its own state, checkpoints and row. Where a table is shared, it is bound to its
 * own partitions. Nobody may make, change or delete a table, a stream or a bucket.
 */
public final class Permissions {
    private static final String GET = "dynamodb:GetItem";
    private static final String GET_BATCH = "dynamodb:BatchGetItem";
    private static final String QUERY = "dynamodb:Query";
    private static final String SCAN = "dynamodb:Scan";
    private static final String PUT = "dynamodb:PutItem";
    private static final String UPDATE = "dynamodb:UpdateItem";
    private static final String DELETE = "dynamodb:DeleteItem";
    private static final String WRITE_BATCH = "dynamodb:BatchWriteItem";

    /** Ends the names of queues with what programs have read; see {@link dev.weir.pipeline.Programs.Id#log}. */
    private static final String LOG = ".log";

    private final Arns arns;
    private final Bus bus;

    /** Of functions on a bus. */
    public Permissions(Arns arns) {
        this.arns = arns;
        this.bus = arns.bus();
    }

    /** Those of a bot's function. */
    public List<Permission> of(Bot bot, BotConfig config) {
        List<Permission> all = new ArrayList<>();
        switch (bot) {
            case Bot.Reader reader -> {
                all.addAll(reader(reader.graph(), config));
                all.addAll(logs(reader));
            }
            case Bot.Source source -> all.addAll(source(source));
        }
        bot.uses().forEach(use -> all.addAll(use(use)));
        return merged(all);
    }

    private List<Permission> reader(Graph<?, ?, ?> graph, BotConfig config) {
        String bot = graph.name();
        List<Permission> all = new ArrayList<>(own(bot));
        if (graph.isKeyed()) {
            all.add(state(bus.state(bot, graph.table().name())));
        }
        all.addAll(writes(written(graph)));
        switch (graph.source().from()) {
            case From.Stream(String stream) -> {
                all.add(records(stream));
                if (graph.isKeyed()) {
                    all.add(puts(stream)); // what one lane's event means for another goes by the stream
                }
                if (config.givesUp()) {
                    all.addAll(failures());
                }
            }
            case From.Queues(List<String> queues) -> {
                all.addAll(reads(queues));
                if (config.instances() > 1) {
                    all.add(invokes("Instances", List.of(bot)));
                }
            }
        }
        return all;
    }

    /** A bot with programs reads again what they have read, from the queues that it keeps of it. */
    private List<Permission> logs(Bot.Reader bot) {
        if (!bot.startsPrograms() || !(bot.graph().sink() instanceof Sink.Effects<?> effects)) {
            return List.of();
        }
        List<String> logs =
                effects.own().stream().filter(queue -> queue.endsWith(LOG)).toList();
        List<String> parts = logs.stream()
                .flatMap(log -> QueueKeys.written(bus, log).stream())
                .flatMap(part -> Stream.of(part, part + "/_*"))
                .toList();
        List<String> objects = logs.stream()
                .flatMap(log -> QueueKeys.readObjects(log).stream())
                .map(arns::objects)
                .toList();
        return List.of(
                Permission.of("ReadLogs", List.of(QUERY), arns.table(bus.queues()))
                        .in(parts),
                new Permission("ReadLogObjects", List.of("s3:GetObject"), objects, List.of()),
                lists());
    }

    private List<Permission> source(Bot.Source source) {
        List<Permission> all = new ArrayList<>(own(source.name()));
        all.add(state(bus.state(source.name(), "cursor")));
        all.addAll(writes(Optional.of(
                Stream.concat(Stream.of(source.out()), sides(source.name())).toList())));
        if (!source.reads().isEmpty()) {
            all.addAll(reads(source.reads()));
        }
        source.wakers().forEach(table -> all.addAll(changes("WokenBy", bus.rows(table))));
        return all;
    }

    /** The bus's own bot that brings events from the stream into queues: any queue, and the rows of all who write. */
    public List<Permission> ingest(BotConfig config) {
        List<Permission> all = new ArrayList<>();
        if (config.givesUp()) {
            all.addAll(failures());
        }
        all.add(checkpoints(Ingest.NAME));
        all.add(Permission.of("Rows", List.of(GET, PUT, UPDATE), arns.table(bus.cron())));
        all.addAll(writes(Optional.empty()));
        all.add(records(Bus.EVENTS));
        return all;
    }

    /** The function behind the changes of heads, which wakes bots. */
    public List<Permission> heads() {
        List<Permission> all = new ArrayList<>(changes("Heads", bus.heads()));
        all.add(Permission.of("Rows", List.of(SCAN, GET, PUT, UPDATE), arns.table(bus.cron())));
        return all;
    }

    /**
     * The function behind the changes of rows of bots, which runs them.
     *
     * @param bots those that are invoked
     */
    public List<Permission> cron(List<String> bots) {
        List<Permission> all = new ArrayList<>(changes("RowChanges", bus.cron()));
        all.add(Permission.of("Rows", List.of(GET, PUT, UPDATE), arns.table(bus.cron())));
        if (!bots.isEmpty()) {
            all.add(invokes("Bots", bots));
        }
        return all;
    }

    /** The function that looks every minute. */
    public List<Permission> cronTick(List<String> bots) {
        List<Permission> all = new ArrayList<>();
        all.add(Permission.of("Rows", List.of(SCAN, GET, PUT, UPDATE), arns.table(bus.cron())));
        all.add(Permission.of("Heads", List.of(GET_BATCH), arns.table(bus.heads())));
        all.add(Permission.of("Lanes", List.of(GET, PUT), arns.table(bus.checkpoints()))
                .in(List.of("bus")));
        if (!bots.isEmpty()) {
            all.add(invokes("Bots", bots));
        }
        return all;
    }

    /** The function that copies what is old in all queues to the bucket. */
    public List<Permission> archive() {
        return List.of(
                Permission.of("Heads", List.of(SCAN, GET, UPDATE), arns.table(bus.heads())),
                Permission.of("ReadChunks", List.of(QUERY), arns.table(bus.queues())),
                Permission.of("Archives", List.of(PUT), arns.table(bus.queues()))
                        .in(List.of("*/_archive")),
                Permission.of("ReadObjects", List.of("s3:GetObject"), arns.objects("bus/*")),
                Permission.of("ArchiveObjects", List.of("s3:PutObject"), arns.objects("bus/_archive/*")),
                lists());
    }

    // ------------------------------------------------------------------ parts

    /** What every bot has for itself. */
    private List<Permission> own(String bot) {
        return List.of(
                checkpoints(bot),
                Permission.of("OwnRow", List.of(GET, PUT, UPDATE), arns.table(bus.cron()))
                        .in(List.of(bot)));
    }

    private Permission checkpoints(String bot) {
        return Permission.of(
                        "Checkpoints",
                        List.of(GET, GET_BATCH, QUERY, PUT, UPDATE, DELETE, WRITE_BATCH),
                        arns.table(bus.checkpoints()))
                .in(List.of(bot, bot + "/*"));
    }

    private Permission state(Table table) {
        return Permission.of("State", List.of(GET, GET_BATCH, PUT), arns.table(table));
    }

    /** @param queues the partitions; all if empty */
    private List<Permission> writes(Optional<List<String>> queues) {
        List<String> keys = queues.orElse(List.of());
        return List.of(
                Permission.of("WrittenHeads", List.of(GET, GET_BATCH, UPDATE), arns.table(bus.heads()))
                        .in(keys),
                Permission.of("WrittenChunks", List.of(PUT), arns.table(bus.queues()))
                        .in(keys));
    }

    /** The partitions that a graph writes; empty if its results alone say which. */
    private Optional<List<String>> written(Graph<?, ?, ?> graph) {
        return switch (graph.sink()) {
            case Sink.OwnQueue<?> own -> Optional.of(with(graph, List.of(own.queue()), List.of()));
            case Sink.Effects<?> effects -> Optional.of(with(graph, effects.own(), effects.shared()));
            case Sink.SharedQueues<?> _ -> Optional.empty();
        };
    }

    private List<String> with(Graph<?, ?, ?> graph, List<String> own, List<String> shared) {
        return Stream.of(
                        own.stream().flatMap(queue -> QueueKeys.written(bus, queue).stream()),
                        shared.stream(),
                        sides(graph.name()))
                .flatMap(keys -> keys)
                .distinct()
                .toList();
    }

    /** The queues that a bot has beside its results. */
    private Stream<String> sides(String bot) {
        return Stream.of(".gaps", ".parked", ".dropped").flatMap(side -> QueueKeys.written(bus, bot + side).stream());
    }

    /** Which parts a queue has is found by a look at all heads: names and positions, not events. */
    private List<Permission> reads(List<String> queues) {
        List<String> heads = queues.stream()
                .flatMap(queue -> QueueKeys.readHeads(queue).stream())
                .toList();
        List<String> chunks = queues.stream()
                .flatMap(queue -> QueueKeys.readChunks(queue).stream())
                .toList();
        List<String> objects = queues.stream()
                .flatMap(queue -> QueueKeys.readObjects(queue).stream())
                .map(arns::objects)
                .toList();
        return List.of(
                Permission.of("QueueNames", List.of(SCAN), arns.table(bus.heads())),
                Permission.of("ReadHeads", List.of(GET, GET_BATCH), arns.table(bus.heads()))
                        .in(heads),
                Permission.of("ReadChunks", List.of(QUERY), arns.table(bus.queues()))
                        .in(chunks),
                new Permission("ReadObjects", List.of("s3:GetObject"), objects, List.of()),
                lists());
    }

    /** Without it S3 says of a key that is not there that it is forbidden. Also to write: S3 then tells what is there already. */
    private Permission lists() {
        return Permission.of("ListObjects", List.of("s3:ListBucket"), arns.bucket());
    }

    private Permission records(String stream) {
        return Permission.of(
                "Records",
                List.of(
                        "kinesis:DescribeStream",
                        "kinesis:DescribeStreamSummary",
                        "kinesis:GetRecords",
                        "kinesis:GetShardIterator",
                        "kinesis:ListShards"),
                arns.stream(stream));
    }

    /** Lambda leaves there, with the function's role, batches that were given up. */
    private List<Permission> failures() {
        return List.of(
                Permission.of("FailedBatches", List.of("s3:PutObject"), arns.objects(Store.FAILURES + "*")), lists());
    }

    private Permission puts(String stream) {
        return Permission.of("Puts", List.of("kinesis:PutRecords"), arns.stream(stream));
    }

    private List<Permission> changes(String name, Table table) {
        return List.of(
                Permission.of(
                        name,
                        List.of("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
                        arns.changes(table)),
                Permission.of("ListStreams", List.of("dynamodb:ListStreams"), "*"));
    }

    private Permission invokes(String name, List<String> bots) {
        return new Permission(
                name,
                List.of("lambda:InvokeFunction"),
                bots.stream().map(arns::function).toList(),
                List.of());
    }

    private List<Permission> use(Bot.Use use) {
        return switch (use) {
            case Bot.Use.WritesRows(String table) ->
                List.of(Permission.of(
                        "WriteRows", List.of(GET, GET_BATCH, PUT, UPDATE, DELETE), arns.table(bus.rows(table))));
            case Bot.Use.ReadsChanges(String table) -> {
                List<Permission> all = new ArrayList<>(changes("ReadChanges", bus.rows(table)));
                all.add(Permission.of("FindChanges", List.of("dynamodb:DescribeTable"), arns.table(bus.rows(table))));
                yield all;
            }
            case Bot.Use.ReadsObjects(String prefix) ->
                List.of(Permission.of("UseObjects", List.of("s3:GetObject"), arns.objects(prefix + "*")), lists());
            case Bot.Use.WritesObjects(String prefix) ->
                List.of(
                        Permission.of(
                                "WriteObjects", List.of("s3:GetObject", "s3:PutObject"), arns.objects(prefix + "*")),
                        lists());
            case Bot.Use.PutsInto(String stream) -> List.of(puts(stream));
        };
    }

    /** Those that allow the same actions for the same reason are one statement, since a statement's id is there once. */
    private static List<Permission> merged(List<Permission> all) {
        List<Permission> merged = new ArrayList<>();
        for (Permission each : all) {
            int at = 0;
            while (at < merged.size() && !merged.get(at).name().equals(each.name())) {
                at++;
            }
            if (at == merged.size()) {
                merged.add(each);
            } else {
                merged.set(at, merged.get(at).and(each));
            }
        }
        return List.copyOf(merged);
    }
}
