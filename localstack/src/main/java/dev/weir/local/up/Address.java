package dev.weir.local.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.flow.Bus;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Where a bus that runs on this machine can be reached. It is kept in a file, {@value #FILE}, while the bus is up. Immutable.
 *
 * @param pid the process that runs it
 * @param region the region that clients name
 * @param bus prefix of all resource names
 * @param kinesis base address of its Kinesis API
 * @param dynamoDb base address of its DynamoDB API, DynamoDB Streams included
 * @param s3 base address of its S3 API; the name of the bucket is in the path
 */
public record Address(long pid, String region, String bus, URI kinesis, URI dynamoDb, URI s3) {

    /** The name of the file. */
    public static final String FILE = "up.json";

    /** The credentials that go with it: the servers take any, but clients want some. */
    public static final String CREDENTIAL = "local";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The endpoints, as commands take them. */
    public Endpoints endpoints() {
        return new Endpoints(Optional.of(kinesis), Optional.of(dynamoDb), Optional.of(s3));
    }

    /** The resources in the words of RStreams' clients: what its configuration names. */
    public Map<String, String> resources(Bus names) {
        return Map.of(
                "Region", region,
                "LeoStream", names.queues().name(),
                "LeoEvent", names.heads().name(),
                "LeoCron", names.cron().name(),
                "LeoSettings", names.settings().name(),
                "LeoSystem", names.system().name(),
                "LeoS3", names.bucket(),
                "LeoKinesisStream", names.stream(Bus.EVENTS),
                "LeoFirehoseStream", names.prefix() + "-firehose");
    }

    /** Writes the file, whole or not at all. */
    public void write(Path directory) {
        ObjectNode node = JSON.createObjectNode()
                .put("pid", pid)
                .put("region", region)
                .put("bus", bus)
                .put("kinesis", kinesis.toString())
                .put("dynamodb", dynamoDb.toString())
                .put("s3", s3.toString());
        try {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, FILE, ".new");
            Files.writeString(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
            Files.move(draft, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot say where the bus is: file=" + directory.resolve(FILE), e);
        }
    }

    /** Removes the file if it is about this process; another bus may have written it since. */
    public void remove(Path directory) {
        try {
            if (read(directory).filter(this::equals).isPresent()) {
                Files.deleteIfExists(directory.resolve(FILE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove: file=" + directory.resolve(FILE), e);
        }
    }

    /**
     * The bus that is up.
     *
     * @throws UsageException if none is, which says how to start one
     */
    public static Address find(Path directory) {
        Address address = read(directory)
                .orElseThrow(() -> new UsageException(
                        "no bus is up: start one with ./weir up, or name another one with --endpoint: looked="
                                + directory.resolve(FILE)));
        if (ProcessHandle.of(address.pid).filter(ProcessHandle::isAlive).isEmpty()) {
            throw new UsageException("the bus is not up any more, start it again with ./weir up: pid=" + address.pid);
        }
        return address;
    }

    private static Optional<Address> read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return Optional.of(new Address(
                    node.path("pid").asLong(),
                    node.path("region").asText(),
                    node.path("bus").asText(),
                    URI.create(node.path("kinesis").asText()),
                    URI.create(node.path("dynamodb").asText()),
                    URI.create(node.path("s3").asText())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: file=" + file, e);
        }
    }
}
