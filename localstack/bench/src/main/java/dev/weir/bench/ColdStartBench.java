package dev.weir.bench;

import dev.weir.aws.Clients;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.functions.BotFunction;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.dynamodb.DynamoDbClassPath;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.local.lambda.Deployment;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.IsolatedFunction;
import dev.weir.local.lambda.LambdaRuntime;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** From the start of the function's process, on the deployed jar and under Lambda's runtime client, to the answer to its first batch. */
@Command(
        name = "coldstart",
        mixinStandardHelpOptions = true,
        description =
                "From the start of a function's process to its first commit on DynamoDB Local, with several sets of JVM options.")
final class ColdStartBench implements Callable<Integer> {
    private static final int MEGABYTES = 1_024;
    private static final int EVENTS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    private final Batches batches = new Batches();
    private final Json[] transfers = new Workload(1_000, true).transfers(EVENTS);
    private int producers;

    @Override
    public Integer call() throws IOException {
        Path jar = Path.of(System.getProperty("weir.functions.jar", "weir-functions.jar"))
                .toAbsolutePath();
        Path archives = Files.createTempDirectory("weir-bench-");
        Path cds = archives.resolve("function.jsa");
        try (DynamoDbLocal server =
                DynamoDbLocal.inMemory(DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, "")))) {
            tables(server);
            train(jar, server, List.of("-XX:ArchiveClassesAtExit=" + cds));
            Map<String, List<String>> variants = new LinkedHashMap<>();
            variants.put("both compilers", List.of("-XX:TieredStopAtLevel=4"));
            variants.put("first compiler only (Lambda's own setting)", List.of());
            if (Files.exists(cds)) {
                variants.put("the same with an archive of classes (CDS)", List.of("-XX:SharedArchiveFile=" + cds));
            }
            Map<String, Figures[]> figures = measure(jar, server, variants);
            print(jar, figures);
        } finally {
            for (Path file : List.of(cds, archives)) {
                Files.deleteIfExists(file);
            }
        }
        return 0;
    }

    private Map<String, Figures[]> measure(Path jar, DynamoDbLocal server, Map<String, List<String>> variants) {
        Map<String, Figures[]> figures = new LinkedHashMap<>();
        variants.keySet()
                .forEach(name -> figures.put(name, new Figures[] {new Figures(), new Figures(), new Figures()}));
        for (int i = 0; i < repeats; i++) {
            Figures.progress("repeat %d of %d", i + 1, repeats);
            variants.forEach(
                    (name, options) -> start(jar, server, options, figures.getOrDefault(name, new Figures[0])));
        }
        Figures.progressDone();
        return figures;
    }

    private void print(Path jar, Map<String, Figures[]> figures) throws IOException {
        Figures.print(
                "coldstart: %d MB function, batches of %d transfers, DynamoDB Local, medians of %d in turn, %s",
                MEGABYTES, EVENTS, repeats, Machine.text());
        Figures.print("deployed jar: %.1f MB", Files.size(jar) / 1e6);
        Figures.print("");
        Figures.print("| JVM | process start to answer, ms | second batch, ms | third batch, ms |");
        Figures.print("|---|---:|---:|---:|");
        figures.forEach((name, measured) -> Figures.print(
                "| %s | %.0f (%.0f-%.0f) | %.0f | %.0f |",
                name,
                measured[0].median(),
                measured[0].lowest(),
                measured[0].highest(),
                measured[1].median(),
                measured[2].median()));
    }

    private static void tables(DynamoDbLocal server) {
        try (DynamoDbClient client = new Clients("us-east-1", server.endpoint(), Map.of()).dynamoDb()) {
            var bus = LedgerInMemory.BUS;
            new Tables(client, new SystemTime())
                    .ensure(List.of(
                            bus.checkpoints(),
                            bus.queues(),
                            bus.heads(),
                            bus.state(Ledger.GRAPH.name(), Ledger.GRAPH.table().name())));
        }
    }

    /** Kinesis is not needed: a writer's record says where it belongs, and one lane sends nothing on. */
    private static IsolatedFunction function(Path jar, DynamoDbLocal server, List<String> options) {
        FunctionSettings settings = FunctionSettings.of("ledger", BotFunction.class.getName())
                .with(Map.of(
                        "WEIR_BOT", Ledger.GRAPH.name(),
                        "WEIR_BUS", LedgerInMemory.BUS.prefix(),
                        "WEIR_LANES", "1",
                        "AWS_REGION", "us-east-1",
                        "WEIR_DYNAMODB_ENDPOINT", server.endpoint().toString(),
                        "WEIR_KINESIS_ENDPOINT", server.endpoint().toString()))
                .withMemory(MEGABYTES)
                .timingOutAfter(Duration.ofMinutes(1));
        LambdaRuntime runtime = LambdaRuntime.read(System.getProperty(LambdaRuntime.PROPERTY, ""));
        Path taskRoot = jar.getParent();
        Deployment deployment = Deployment.of(List.of(jar), runtime, taskRoot == null ? Path.of("") : taskRoot)
                .withJvmOptions(options);
        return new IsolatedFunction(settings, deployment, new SystemTime(), _ -> {});
    }

    private void start(Path jar, DynamoDbLocal server, List<String> options, Figures[] into) {
        try (IsolatedFunction function = function(jar, server, options)) {
            for (Figures figures : into) {
                figures.add(invoke(function));
            }
        }
    }

    private double invoke(IsolatedFunction function) {
        byte[] event = batches.ofWriter("run-" + producers++, transfers, EVENTS, EVENTS)
                .getFirst();
        try {
            long start = System.nanoTime();
            byte[] answer = function.invoke(event);
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            String text = new String(answer, StandardCharsets.UTF_8);
            if (!text.equals("{\"batchItemFailures\":[]}")) {
                throw new IllegalStateException("the function did not finish a batch: answer=" + text);
            }
            return millis;
        } catch (FunctionErrorException e) {
            throw new IllegalStateException("the function failed", e);
        }
    }

    /** Runs the function once with options that make it leave an archive when it ends, and lets it end in good order. */
    private void train(Path jar, DynamoDbLocal server, List<String> options) {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        try (IsolatedFunction function = function(jar, server, options)) {
            for (int i = 0; i < 3; i++) {
                invoke(function);
            }
            ProcessHandle.current()
                    .children()
                    .filter(child -> !before.contains(child))
                    .forEach(ColdStartBench::end);
        }
    }

    private static void end(ProcessHandle child) {
        child.destroy();
        try {
            child.onExit().get(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the function does not end: pid=" + child.pid(), e);
        }
    }
}
