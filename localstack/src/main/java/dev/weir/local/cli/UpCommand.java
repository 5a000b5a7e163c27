package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.template.Template;
import dev.weir.local.up.Address;
import dev.weir.local.up.LocalBots;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./weir up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Runs a whole bus on this machine until Ctrl-C: Kinesis, DynamoDB, S3, the ingest, the trigger and the bots.",
        footer = {
            "",
            "Prints where it is. With --template, what runs is what deploys: a wrong property of the template is wrong here first.",
            "In another terminal: ./weir put, ./weir read, ./weir bots, or eval \"$(./weir env)\" for programs."
        })
final class UpCommand implements Callable<Integer> {
    private final Stdio stdio;
    private final CountDownLatch stop;

    @Mixin
    private ServersMixin servers = new ServersMixin();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Kinesis listens on N, DynamoDB on N+1, S3 on N+2. Default: free ports.")
    private int port;

    @Option(
            names = "--bots",
            paramLabel = "JAR",
            description = "Run the bots of this jar too, as ./weir new bot makes one. May be given several times.")
    private List<Path> jars = new ArrayList<>();

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description =
                    "Start what this CloudFormation template says, and nothing else: a file of cdk synth, or its folder cdk.out.")
    private @Nullable Path template;

    /** @param stop ends the run when it is counted down, as a signal does */
    UpCommand(Stdio stdio, CountDownLatch stop) {
        this.stdio = stdio;
        this.stop = stop;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (BotJars _ = BotJars.of(jars)) {
            return run(options(), template());
        }
    }

    private Optional<Template> template() {
        return Optional.ofNullable(template).map(file -> Template.read(file, Up.REGION));
    }

    private int run(UpOptions options, Optional<Template> said) throws IOException, InterruptedException {
        Progress progress = Progress.on(stdio);
        // The signals come last: when they are closed the process may end at any moment.
        try (Signals _ = Signals.countingDown(stop);
                Closeable _ = servers.lock()) {
            progress.show("starting Kinesis, DynamoDB and S3...");
            try (Up up = said.map(deployed -> Up.start(options, deployed)).orElseGet(() -> Up.start(options))) {
                progress.done();
                serve(up.address(), said);
            } finally {
                progress.done();
            }
            stdio.err().println("weir: the bus has stopped");
        }
        return 0;
    }

    private void serve(Address address, Optional<Template> said) throws InterruptedException {
        Set<Path> folders = folders();
        try {
            folders.forEach(address::write);
            print(address, said);
            stop.await();
            stdio.err().println("weir: stopping...");
        } finally {
            folders.forEach(address::remove);
        }
    }

    private Set<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>();
        servers.data().ifPresent(folders::add);
        folders.add(UpMixin.folder());
        return folders;
    }

    private void print(Address address, Optional<Template> said) {
        PrintStream out = new PrintStream(stdio.out(), true, StandardCharsets.UTF_8);
        List.of(
                        "weir is up; Ctrl-C stops it",
                        "",
                        "  kinesis   " + address.kinesis(),
                        "  dynamodb  " + address.dynamoDb(),
                        "  s3        " + address.s3(),
                        "  data      "
                                + servers.data()
                                        .map(Path::toString)
                                        .orElse("in memory, gone at the end; keep it with --data DIR"))
                .forEach(out::println);
        said.ifPresent(deployed -> {
            out.println("  template  " + deployed.summary());
            out.println("  not here  " + deployed.notHereText());
        });
        List.of(
                        "",
                        "in another terminal:",
                        "",
                        "  echo '{\"hello\":\"world\"}' | ./weir put greetings",
                        "  ./weir read greetings --from beginning",
                        "  eval \"$(./weir env)\"        # for AWS clients and leo-sdk")
                .forEach(out::println);
    }

    private UpOptions options() {
        ServersMixin.Servers checked = servers.checked();
        if (template != null && (checked.lanes().isPresent() || checked.shards() != 1)) {
            throw new UsageException(
                    "lanes and shards are those of the template, leave --lanes and --shards out: --template="
                            + template);
        }
        return new UpOptions(
                checked.lanes(),
                checked.shards(),
                checked.data(),
                port,
                template == null ? LocalBots.found() : LocalBots.deployed(),
                Progress.on(stdio)::log);
    }
}
