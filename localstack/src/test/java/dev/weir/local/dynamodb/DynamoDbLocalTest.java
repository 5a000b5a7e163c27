package dev.weir.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Timeout(120)
class DynamoDbLocalTest {
    private static final Table TABLE = new Table("rows", "pk", null);
    private static final Item ITEM =
            Item.at(new Key(TABLE, "a", null)).with("n", 1).build();

    @TempDir
    Path directory;

    @Test
    void whatIsOnDiskSurvivesAndWhatIsInMemoryDoesNot() {
        try (DynamoDbLocal first = DynamoDbLocal.onDisk(classPath(), directory.resolve("new"))) {
            write(first);
        }
        try (DynamoDbLocal second = DynamoDbLocal.onDisk(classPath(), directory.resolve("new"));
                DynamoDbLocal empty = DynamoDbLocal.inMemory(classPath())) {
            assertThat(read(second)).containsExactly(ITEM);
            assertThat(read(empty)).isEmpty();
        }
    }

    @Test
    void closingEndsTheChild() {
        DynamoDbLocal local = DynamoDbLocal.inMemory(classPath());
        ProcessHandle child = ProcessHandle.of(local.pid()).orElseThrow();

        local.close();
        local.close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void theChildDiesWhenItsParentIsKilledAndItsDirectoryCanBeUsedAtOnce() throws Exception {
        Process parent = startParent();
        ProcessHandle child = ProcessHandle.of(childOf(parent)).orElseThrow();

        parent.destroyForcibly().waitFor();
        try (DynamoDbLocal next = DynamoDbLocal.onDisk(classPath(), directory)) {
            assertThat(read(next)).containsExactly(ITEM);
        }

        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aDirectoryThatAnotherProcessKeepsIsRefused() {
        try (DynamoDbLocal holder = DynamoDbLocal.onDisk(classPath(), directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> DynamoDbLocal.onDisk(classPath(), directory))
                    .withMessageContaining("another process uses the data directory");
            assertThat(ProcessHandle.of(holder.pid())).isPresent();
        }
    }

    @Test
    void aClassPathThatIsNotThereSaysWhatToDo() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoDbClassPath.read(""))
                .withMessageContaining("build localstack/dynamodb-local");
        Path stale = Files.writeString(
                directory.resolve("stale"), directory.resolve("gone.jar").toString());
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoDbClassPath.read(stale.toString()))
                .withMessageContaining("gone.jar");
    }

    /** What the killed parent runs: starts, writes, says the child's id and waits to be killed. */
    static final class Parent {
        public static void main(String[] args) throws IOException {
            DynamoDbLocal local = DynamoDbLocal.onDisk(classPath(), Path.of(args[0]));
            write(local);
            System.out.println(local.pid());
            int end = System.in.read();
            System.exit(end);
        }
    }

    private Process startParent() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + DynamoDbClassPath.PROPERTY + "=" + System.getProperty(DynamoDbClassPath.PROPERTY, ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long childOf(Process parent) throws IOException {
        try (BufferedReader out = parent.inputReader()) {
            return Long.parseLong(out.readLine());
        }
    }

    private static DynamoDbClassPath classPath() {
        return DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, ""));
    }

    private static DynamoDbClient client(DynamoDbLocal local) {
        return new Clients("us-east-1", local.endpoint(), Map.of()).dynamoDb();
    }

    private static void write(DynamoDbLocal local) {
        try (DynamoDbClient client = client(local)) {
            new Tables(client, new SystemTime()).ensure(List.of(TABLE));
            WriteOutcome outcome =
                    new DynamoDbItems(client, new SystemTime()).write(new Write.Put(ITEM, Condition.ALWAYS));
            assertThat(outcome).isEqualTo(WriteOutcome.WRITTEN);
        }
    }

    private static List<Item> read(DynamoDbLocal local) {
        try (DynamoDbClient client = client(local)) {
            new Tables(client, new SystemTime()).ensure(List.of(TABLE));
            return new DynamoDbItems(client, new SystemTime()).getAll(List.of(ITEM.key()));
        }
    }
}
