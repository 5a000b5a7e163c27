package dev.weir.bench.kafka;

import dev.weir.bench.race.Contestant;
import dev.weir.bench.race.Input;
import dev.weir.bench.race.Round;
import dev.weir.bench.race.Scratch;
import dev.weir.bench.race.Starter;
import dev.weir.bench.race.Stopwatch;
import dev.weir.bench.race.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams, exactly once, one thread, against a broker in a process of its own on other cores. The events lie in the topic before the
 * application starts, in a transaction; the clock runs from the commit of that until all offsets are committed.
 */
final class KafkaSide implements Contestant {
    private static final int BATCH_BYTES = 128 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int POLL_MILLIS = 10;

    private final Input input;
    private final List<byte[]> lines;
    private final long expected;
    private final Scratch scratch;
    private final BrokerProcess broker;
    private final Admin admin;
    private int rounds;

    private KafkaSide(Input input) throws Exception {
        this.input = input;
        this.lines = input.lines();
        this.expected = input.job().expected(lines).count();
        this.scratch = Scratch.create();
        this.broker = BrokerProcess.start(scratch);
        this.admin = Admin.create(Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address()));
        admin.describeCluster().nodes().get();
    }

    /** Arguments: those of {@link Input}. */
    public static void main(String[] args) {
        Starter.run(args, KafkaSide::new);
    }

    @Override
    public Round round() throws Exception {
        Topics topics = new Topics("bench-" + ++rounds);
        admin.createTopics(List.of(
                        new NewTopic(topics.input(), 1, (short) 1), new NewTopic(topics.output(), 1, (short) 1)))
                .all()
                .get();
        Results results = new Results(expected);
        try (KafkaProducer<byte[], byte[]> producer = load(topics);
                KafkaStreams streams = new KafkaStreams(
                        Topologies.of(input.job(), topics, results), new StreamsConfig(settings(topics)))) {
            streams.cleanUp();
            streams.start();
            awaitRunning(streams);
            long brokerStart = broker.processorNanos();
            Stopwatch watch = new Stopwatch();
            watch.start();
            producer.commitTransaction();
            results.awaitLast(PATIENCE);
            awaitCommits(topics);
            watch.stop();
            long brokerNanos = broker.processorNanos() - brokerStart;
            Round round = watch.round(tally(topics));
            return new Round(round.processorNanos(), round.clockNanos(), brokerNanos, round.results());
        }
    }

    /** Puts the events into a transaction, and leaves it open. */
    private KafkaProducer<byte[], byte[]> load(Topics topics) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.address(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        topics.application() + "-load",
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        Math.toIntExact(PATIENCE.toMillis()),
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        for (byte[] line : lines) {
            var _ = producer.send(new ProducerRecord<>(topics.input(), line)); // if one fails, so does the commit
        }
        producer.flush();
        return producer;
    }

    private Properties settings(Topics topics) throws IOException {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.application());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.address());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, input.commitMillis());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, scratch.folder("state").toString());
        settings.put(
                StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
                BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class);
        // each count is a result: none may be kept back for the next one
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        return settings;
    }

    private static void awaitRunning(KafkaStreams streams) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (streams.state() != KafkaStreams.State.RUNNING) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Kafka Streams does not start: state=" + streams.state());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The end of a topic is a marker of a transaction, which is behind the last event. */
    private void awaitCommits(Topics topics) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isAllCommitted(topics)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Kafka Streams does not commit: application=" + topics.application());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private boolean isAllCommitted(Topics topics) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(topics.application())
                .partitionsToOffsetAndMetadata()
                .get();
        boolean isAll = committed.size() == Topologies.partitions(input.job());
        if (!isAll || offset(committed.get(new TopicPartition(topics.input(), 0))) < lines.size()) {
            return false; // and until then what it sends to itself may grow
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        committed.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        var ends = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        return ends.entrySet().stream()
                .allMatch(each ->
                        offset(committed.get(each.getKey())) >= each.getValue().offset() - 1);
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private Tally tally(Topics topics) {
        Tally tally = new Tally();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.address(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topics.output(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    tally.add(record.value());
                }
            }
        }
        return tally;
    }

    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
        scratch.close();
    }
}
