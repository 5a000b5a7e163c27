package dev.weir.bench.kafka;

import dev.weir.bench.race.Count;
import dev.weir.bench.race.Credit;
import dev.weir.bench.race.Input;
import dev.weir.bench.race.Job;
import dev.weir.bench.race.JsonText;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;

/** The jobs, in Kafka's words. */
final class Topologies {
    private static final JsonText JSON = new JsonText();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<String> TEXT = Serdes.String();

    private Topologies() {}

    /** How many partitions are read: that of the events, and that of what the application sends to itself. */
    static int partitions(Job job) {
        return switch (job) {
            case TRANSFERS -> 1;
            case WORDS -> 2;
        };
    }

    static Topology of(Job job, Topics topics, Results results) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], byte[]> lines = builder.stream(topics.input(), Consumed.with(BYTES, BYTES));
        FixedKeyProcessorSupplier<Object, byte[], byte[]> counted = results::processor;
        switch (job) {
            case TRANSFERS ->
                lines.mapValues(line -> JSON.transfer(line).credit())
                        .filter((_, credit) -> credit.passes())
                        .mapValues((Credit credit) -> JSON.write(credit))
                        .processValues(counted)
                        .to(topics.output(), Produced.with(BYTES, BYTES));
            case WORDS ->
                lines.flatMapValues(line -> Job.words(Input.text(line)))
                        .groupBy((_, word) -> word, Grouped.with(TEXT, TEXT))
                        .count(Materialized.with(TEXT, Serdes.Long()))
                        .toStream()
                        .mapValues((word, count) -> JSON.write(new Count(word, count)))
                        .processValues(counted)
                        .to(topics.output(), Produced.with(TEXT, BYTES));
        }
        Properties optimised = new Properties();
        optimised.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        return builder.build(optimised);
    }
}
