package dev.weir.local.cli;

import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.LocalBus;
import dev.weir.local.bus.UsageException;
import dev.weir.local.mapping.MappingListener;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./weir ledger < transfers.jsonl > decided.jsonl}. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Decides bank transfers: one JSON object a line on stdin, the same with its outcome on stdout.",
        footer = {
            "",
            "A transfer: {\"source\":\"alice\",\"target\":\"bob\",\"amount\":25.32}. The account \"sweep\" is the outside world.",
            "With --data a run that was killed is finished by the next run on the same input; nothing is applied twice.",
            "Exit code: 0 all decided, 1 failed, 2 wrong usage, 3 decided but for lines that were parked."
        })
final class LedgerCommand implements Callable<Integer> {
    private static final int STDOUT_BUFFER_BYTES = 1 << 16;

    private final Stdio stdio;

    @Mixin
    private BusMixin bus = new BusMixin();

    @Option(
            names = "--balances",
            paramLabel = "FILE",
            description = "Write the balances at the end, one account a line, sorted.")
    private @Nullable Path balances;

    LedgerCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws IOException {
        requireWritable(balances);
        Progress progress = Progress.on(stdio);
        BusOptions options = bus.options(progress::log, MappingListener.NONE);
        LedgerSummary summary;
        try (Closeable _ = bus.lock()) {
            RunRecord record = RunRecord.in(bus.data());
            summary = run(options, record, progress);
            // The last thing: a kill at any moment before this one leaves the run to be finished by the next.
            record.finish();
        }
        summary.print(stdio.err());
        return summary.parked() == 0 ? 0 : Main.PARKED;
    }

    private LedgerSummary run(BusOptions options, RunRecord record, Progress progress) throws IOException {
        OutputStream out = new BufferedOutputStream(stdio.out(), STDOUT_BUFFER_BYTES);
        try (LocalBus started = LocalBus.start(options)) {
            LedgerSummary summary = new LedgerRun(started, record, progress).run(stdio.in(), out);
            out.flush();
            if (balances != null) {
                BalancesFile.write(started, balances);
            }
            return summary;
        } finally {
            progress.done();
        }
    }

    private static void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
            throw new UsageException("--balances cannot be written: --balances=" + file);
        }
    }
}
