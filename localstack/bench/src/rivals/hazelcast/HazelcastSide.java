package dev.weir.bench.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.accumulator.LongAccumulator;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.Sources;
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
import java.nio.file.Path;
import java.util.List;

/**
 * Hazelcast Jet, one member, one cooperative thread, every stage with one processor: from lines in memory, whose position is in the
 * snapshots, to files that are committed with them. A job without events is measured beside each job and taken off: what starting a job
 * takes does not count.
 */
final class HazelcastSide implements Contestant {
    private static final JsonText JSON = new JsonText();

    /** What the source reads; static, since a source is serialised. */
    private static volatile List<byte[]> lines = List.of();

    private final Input input;
    private final List<byte[]> all;
    private final Scratch scratch;
    private final HazelcastInstance member;

    private HazelcastSide(Input input) throws Exception {
        this.input = input;
        this.all = input.lines();
        this.scratch = Scratch.create();
        System.setProperty("hazelcast.phone.home.enabled", "false");
        System.setProperty("hazelcast.logging.type", "none");
        Config config = new Config().setClusterName("weir-bench");
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        this.member = Hazelcast.newHazelcastInstance(config);
    }

    /** Arguments: those of {@link Input}. */
    public static void main(String[] args) {
        Starter.run(args, HazelcastSide::new);
    }

    @Override
    public Round round() throws Exception {
        Stopwatch idle = run(List.of(), scratch.folder("nothing"));
        Path results = scratch.folder("results");
        Stopwatch watch = run(all, results);
        Tally tally = new Tally();
        tally.addFiles(results);
        return watch.roundWithout(idle, tally);
    }

    private Stopwatch run(List<byte[]> from, Path to) {
        lines = from;
        Pipeline pipeline = pipeline(to);
        JobConfig config = new JobConfig()
                .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                .setSnapshotIntervalMillis(input.commitMillis());
        Stopwatch watch = new Stopwatch();
        watch.start();
        member.getJet().newJob(pipeline, config).join();
        watch.stop();
        return watch;
    }

    private Pipeline pipeline(Path to) {
        Pipeline pipeline = Pipeline.create();
        BatchStage<byte[]> read = pipeline.readFrom(source()).setLocalParallelism(1);
        results(read)
                .writeTo(Sinks.<String>filesBuilder(to.toString())
                        .exactlyOnce(true)
                        .build())
                .setLocalParallelism(1);
        return pipeline;
    }

    private static BatchSource<byte[]> source() {
        return Sources.batchFromProcessor(
                "lines", ProcessorMetaSupplier.forceTotalParallelismOne(ProcessorSupplier.of(Reading::new)));
    }

    /** Gives the lines; the position is in the snapshots. */
    private static final class Reading extends AbstractProcessor {
        private int next;

        @Override
        public boolean complete() {
            List<byte[]> from = lines;
            while (next < from.size() && tryEmit(from.get(next))) {
                next++;
            }
            return next == from.size();
        }

        @Override
        public boolean saveToSnapshot() {
            return tryEmitToSnapshot(BroadcastKey.broadcastKey("next"), next);
        }

        @Override
        protected void restoreFromSnapshot(Object key, Object value) {
            next = (Integer) value;
        }
    }

    private BatchStage<String> results(BatchStage<byte[]> read) {
        return switch (input.job()) {
            case TRANSFERS ->
                read.map(line -> JSON.transfer(line).credit())
                        .setLocalParallelism(1)
                        .filter(Credit::passes)
                        .setLocalParallelism(1)
                        .map(credit -> JSON.text(credit))
                        .setLocalParallelism(1);
            case WORDS ->
                read.flatMap(line -> Traversers.traverseIterable(Job.words(Input.text(line))))
                        .setLocalParallelism(1)
                        .groupingKey(word -> word)
                        .mapStateful(LongAccumulator::new, (count, word, _) -> {
                            count.add(1);
                            return JSON.text(new Count(word, count.get()));
                        })
                        .setLocalParallelism(1);
        };
    }

    @Override
    public void close() throws IOException {
        member.shutdown();
        scratch.close();
    }
}
