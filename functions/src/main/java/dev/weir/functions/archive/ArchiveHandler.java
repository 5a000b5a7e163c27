package dev.weir.functions.archive;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.aws.Clients;
import dev.weir.aws.S3ObjectStore;
import dev.weir.functions.Settings;
import dev.weir.functions.Wiring;
import dev.weir.model.Json;
import dev.weir.port.ObjectStore;
import dev.weir.queue.Archiver;
import dev.weir.queue.QueueTables;
import dev.weir.queue.Queues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The archiver as a Lambda function behind an hourly schedule. It answers {@code {"queues":3,"events":1200,"done":true,"troubles":[]}}.
 *
 * <p>A run that has no time left for all queues is no failure: the next one begins with those whose archives are the oldest.
 */
public final class ArchiveHandler implements RequestStreamHandler {

    /** What the last object and the answer may take. */
    private static final int ANSWER_MILLIS = 20_000;

    private final ArchiveRun run;
    private final Wiring wiring;

    /** As Lambda makes it. */
    public ArchiveHandler() {
        this(Wiring.fromEnvironment(), System.getenv());
    }

    private ArchiveHandler(Wiring wiring, Map<String, String> environment) {
        this(wiring, bucket(wiring, environment));
    }

    /** On given ports. */
    public ArchiveHandler(Wiring wiring, ObjectStore objects) {
        QueueTables tables = wiring.bus().queueTables();
        this.wiring = wiring;
        this.run = new ArchiveRun(
                new Queues(tables, wiring.items(), objects, wiring.time()),
                new Archiver(tables, wiring.items(), objects, wiring.time()),
                wiring.time());
    }

    private static ObjectStore bucket(Wiring wiring, Map<String, String> environment) {
        String region = environment.getOrDefault("AWS_REGION", "us-east-1");
        Clients clients = new Clients(region, Settings.s3(environment).orElse(null), environment);
        return new S3ObjectStore(clients.s3(), wiring.time(), wiring.bus().bucket());
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        long leftMillis = Math.max(0, context.getRemainingTimeInMillis() - ANSWER_MILLIS);
        ArchiveRun.Round round = run.until(wiring.time().epochMillis() + leftMillis);
        String troubles = round.troubles().stream().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
        String said = "{\"queues\":" + round.queues() + ",\"events\":" + round.events() + ",\"done\":" + round.done()
                + ",\"troubles\":" + troubles + "}";
        answer.write(said.getBytes(StandardCharsets.UTF_8));
    }
}
