package dev.weir.bench.flink;

import dev.weir.bench.race.Contestant;
import dev.weir.bench.race.Count;
import dev.weir.bench.race.Credit;
import dev.weir.bench.race.Input;
import dev.weir.bench.race.Job;
import dev.weir.bench.race.JsonText;
import dev.weir.bench.race.Round;
import dev.weir.bench.race.Scratch;
import dev.weir.bench.race.Starter;
import dev.weir.bench.race.Stopwatch;
import dev.weir.bench.race.Tally;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.util.Collector;

/**
 * Flink in a mini cluster of one slot: from a file that can be read again to files that are committed with checkpoints, exactly once, which
 * is Flink's own way from end to end. A job without events is measured beside each job and taken off: what starting a job takes does not
 * count.
 */
final class FlinkSide implements Contestant {
    private static final JsonText JSON = new JsonText();

    private final Input input;
    private final Scratch scratch;
    private final MiniCluster cluster;

    private FlinkSide(Input input) throws Exception {
        this.input = input;
        this.scratch = Scratch.create("empty");
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        this.cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
        cluster.start();
    }

    /** Arguments: those of {@link Input}. */
    public static void main(String[] args) {
        Starter.run(args, FlinkSide::new);
    }

    @Override
    public Round round() throws Exception {
        Stopwatch idle = run(scratch.file("empty"), scratch.folder("nothing"));
        java.nio.file.Path results = scratch.folder("results");
        Stopwatch watch = run(input.file(), results);
        Tally tally = new Tally();
        tally.addFiles(results);
        return watch.roundWithout(idle, tally);
    }

    private Stopwatch run(java.nio.file.Path from, java.nio.file.Path to) throws Exception {
        StreamExecutionEnvironment environment = environment(from, to);
        Stopwatch watch = new Stopwatch();
        watch.start();
        cluster.executeJobBlocking(environment.getStreamGraph().getJobGraph());
        watch.stop();
        return watch;
    }

    private StreamExecutionEnvironment environment(java.nio.file.Path from, java.nio.file.Path to) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                scratch.folder("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(input.commitMillis()));
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        FileSource<String> source = FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(from.toUri()))
                .build();
        DataStream<String> lines = environment.fromSource(source, WatermarkStrategy.noWatermarks(), "lines");
        results(lines)
                .sinkTo(FileSink.<byte[]>forRowFormat(new Path(to.toUri()), FlinkSide::writeLine)
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build());
        return environment;
    }

    private static void writeLine(byte[] line, OutputStream out) throws IOException {
        out.write(line);
        out.write('\n');
    }

    private DataStream<byte[]> results(DataStream<String> lines) {
        return switch (input.job()) {
            case TRANSFERS ->
                lines.map(line -> JSON.transfer(line).credit())
                        .returns(new GenericTypeInfo<>(Credit.class))
                        .filter(Credit::passes)
                        .map(credit -> JSON.write(credit))
                        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
            case WORDS ->
                lines.<String>flatMap((line, words) -> Job.words(line).forEach(words::collect))
                        .returns(Types.STRING)
                        .keyBy(word -> word, Types.STRING)
                        .process(new Counting())
                        .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
        };
    }

    /** Counts in keyed state on the heap. */
    private static final class Counting extends KeyedProcessFunction<String, String, byte[]> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> counts;

        @Override
        public void open(OpenContext context) {
            counts = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(String word, Context context, Collector<byte[]> out) throws Exception {
            Long before = counts.value();
            long count = before == null ? 1 : before + 1;
            counts.update(count);
            out.collect(JSON.write(new Count(word, count)));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            cluster.close();
        } catch (Exception e) {
            throw new IOException("the cluster does not end", e);
        }
        scratch.close();
    }
}
