package dev.weir.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.KinesisStreams;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.functions.examples.WordCount;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Estimate;
import dev.weir.infra.cost.Estimator;
import dev.weir.infra.cost.Load;
import dev.weir.infra.cost.Prices;
import dev.weir.infra.cost.Sample;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.Servers;
import dev.weir.local.bus.StreamAdmin;
import dev.weir.local.cost.BilledUnits.Units;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Table;
import dev.weir.writer.Producer;
import dev.weir.writer.SteppedWriter;
import dev.weir.writer.WriterLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The estimate beside what DynamoDB Local says that it bills, with the same events in batches of the same size: through a Kinesis server, the AWS
 * SDK and DynamoDB Local instead of memory.
 */
class EstimateAgainstLocalBusTest {
    private static final String REGION = "us-east-1";
    private static final int EVENTS_PER_BATCH = 50;
    private static final int ROUNDS_MAX = 1_200;
    private static final int FOLDING_ENOUGH = 100;
    private static final long DEADLINE_MILLIS = 60_000;
    private static final double ALLOWED = 0.10;
    private static final Load LOAD = new Load(1_000, 60, 100, OptionalInt.of(EVENTS_PER_BATCH));

    private final SystemTime time = new SystemTime();
    private final Closing closing = new Closing();
    private final BilledUnits billed = new BilledUnits();

    @AfterEach
    void stop() {
        closing.close();
    }

    @Test
    void theLedgerCostsWhatIsEstimatedWithinATenth() {
        compare(Ledger.GRAPH);
    }

    @Test
    void wordCountCostsWhatIsEstimatedWithinATenth() {
        compare(WordCount.PIPELINE.graph());
    }

    private <T, V, R> void compare(Graph<T, V, R> graph) {
        List<Bot> bots = BotProvider.found();
        Estimate estimate =
                new Estimator(Prices.bundled(), BusConfig.of("weir"), Map.of()).estimate(bots, graph.name(), LOAD);
        Estimate.Owner owner = estimate.owners().stream()
                .filter(each -> each.bot().equals(graph.name()))
                .findFirst()
                .orElseThrow();
        Measured measured = new LocalRun<>(graph).run();
        double estimatedWrites =
                owner.units().writeUnits() * 1_000.0 / owner.units().events();
        double measuredWrites = measured.units().writes() * 1_000.0 / measured.events();
        double estimatedReads =
                owner.units().readUnits() * 1_000.0 / owner.units().events();
        double measuredReads = measured.units().reads() * 1_000.0 / measured.events();
        String figures = String.format(
                Locale.ROOT,
                "%s: units for 1,000 events: writes estimated=%.1f measured=%.1f, commits measured=%.1f rows=%.1f deletes=%.1f, reads estimated=%.1f"
                        + " measured=%.1f, events measured=%d",
                graph.name(),
                estimatedWrites,
                measuredWrites,
                measured.units().commits() * 1_000 / measured.events(),
                measured.units().rows() * 1_000 / measured.events(),
                measured.units().deletes() * 1_000 / measured.events(),
                estimatedReads,
                measuredReads,
                measured.events());
        assertThat(estimatedWrites).as(figures).isCloseTo(measuredWrites, within(ALLOWED * measuredWrites));
        assertThat(estimatedReads * 0.125 + estimatedWrites * 0.625)
                .as("dollars: " + figures)
                .isCloseTo(
                        measuredReads * 0.125 + measuredWrites * 0.625,
                        within(ALLOWED * (measuredReads * 0.125 + measuredWrites * 0.625)));
    }

    private record Measured(Units units, long events) {}

    /** One bot on the servers; its batches are those that the test gives it. */
    private final class LocalRun<T, V, R> {
        private final Graph<T, V, R> graph;
        private final Sample sample;
        private final KinesisClient kinesis;
        private final String stream;
        private final SteppedWriter writer;
        private final Spine<T, V, R> spine;
        private String iterator = "";
        private long next;

        LocalRun(Graph<T, V, R> graph) {
            this.graph = graph;
            this.sample = Sample.of(graph.name(), Map.of()).orElseThrow();
            Servers servers = Servers.start(Optional.empty(), Servers.Ports.FREE, closing);
            Bus bus = new Bus("cost", new Lanes(1));
            DynamoDbClient dynamoDb =
                    closing.add(dynamoDb(servers.endpoints().dynamoDb().orElseThrow()));
            kinesis = closing.add(
                    new Clients(REGION, servers.endpoints().kinesis().orElseThrow(), Map.of()).kinesis());
            stream = bus.stream(graph.source().stream());
            List<Table> tables = new ArrayList<>(bus.tables());
            tables.add(bus.state(graph.name(), graph.table().name()));
            new Tables(dynamoDb, time).ensure(tables);
            new StreamAdmin(kinesis, time).ensure(stream, 1);
            KinesisStreams streams = new KinesisStreams(kinesis, time);
            Producer producer = Producer.fresh("local", stream, bus.lanes());
            writer = new SteppedWriter(streams, producer, time, new SplittableRandom(1), WriterLimits.DEFAULTS);
            spine = new Spine<>(graph, bus, new DynamoDbItems(dynamoDb, time), streams, time, Runnable::run, "local");
        }

        /**
         * Measures from one beginning of the writing of rows to the next; what is deleted then shows it. If rows are written nearly always, some rounds
         * are enough.
         */
        Measured run() {
            if (sample.preparing(LOAD) > 0) {
                round(sample.preparing(LOAD));
            }
            Units before = billed.units();
            long eventsBefore = next;
            boolean wasDeleting = false;
            int folds = 0;
            int folding = 0;
            for (int i = 0; i < ROUNDS_MAX && folding < FOLDING_ENOUGH; i++) {
                Units now = billed.units();
                round(EVENTS_PER_BATCH);
                boolean isDeleting = billed.units().deletes() > now.deletes();
                folding += isDeleting ? 1 : 0;
                if (isDeleting && !wasDeleting && folds++ > 0) {
                    break;
                } else if (isDeleting && !wasDeleting) {
                    before = billed.units();
                    eventsBefore = next;
                }
                wasDeleting = isDeleting;
            }
            assertThat(folding).as("rounds in which rows were written").isGreaterThan(1);
            return new Measured(billed.units().since(before), next - eventsBefore);
        }

        private void round(long events) {
            for (long i = 0; i < events; i++) {
                Json event = sample.event(next, LOAD);
                writer.put(key(event), event);
                next++;
            }
            writer.flush();
            while (!writer.isDrained()) {
                writer.step();
            }
            assertThat(spine.process(records(), time.epochMillis() + DEADLINE_MILLIS))
                    .isEmpty();
        }

        private String key(Json event) {
            return graph.source().decoder().decode(event) instanceof Decoded.Value<T>(T value) && graph.isKeyed(value)
                    ? graph.key().apply(value)
                    : Long.toString(next);
        }

        private List<Record> records() {
            String shard = kinesis.listShards(list -> list.streamName(stream))
                    .shards()
                    .getFirst()
                    .shardId();
            if (iterator.isEmpty()) {
                iterator = kinesis.getShardIterator(get ->
                                get.streamName(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
            }
            GetRecordsResponse read =
                    kinesis.getRecords(get -> get.shardIterator(iterator).limit(10_000));
            iterator = read.nextShardIterator();
            return read.records().stream()
                    .map(record -> new Record(
                            shard,
                            new SequenceNumber(record.sequenceNumber()),
                            record.partitionKey(),
                            record.approximateArrivalTimestamp().toEpochMilli(),
                            record.data().asByteArray()))
                    .toList();
        }
    }

    private DynamoDbClient dynamoDb(URI endpoint) {
        return DynamoDbClient.builder()
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .endpointOverride(endpoint)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(
                        all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(billed))
                .build();
    }
}
