package dev.weir.bench.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** A broker of Kafka that is its own controller, in a process of its own. It ends when its standard input does. */
final class Broker {
    private Broker() {}

    /** Arguments: a folder, the port of the broker, the port of the controller. */
    public static void main(String[] args) throws IOException {
        Path properties = Path.of(args[0]).resolve("server.properties");
        Files.write(properties, properties(Path.of(args[0]), args[1], args[2]));
        Thread.ofPlatform().daemon().start(Broker::endWithInput);
        System.setOut(System.err);
        int status = StorageTool.execute(
                new String[] {"format", "--standalone", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()
                },
                System.err);
        if (status != 0) {
            throw new IllegalStateException("the storage of the broker cannot be formatted: status=" + status);
        }
        Kafka.main(new String[] {properties.toString()});
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("the input of the broker is gone: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static List<String> properties(Path folder, String port, String controllerPort) {
        Map<String, String> properties = Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort),
                Map.entry("log.dirs", folder.resolve("log").toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"));
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.toList());
    }
}
