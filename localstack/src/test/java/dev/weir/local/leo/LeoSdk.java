package dev.weir.local.leo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The npm package leo-sdk, unmodified, in node processes whose environment says where the bus is, as {@code ./weir env} does. Each call is
 * a process of its own, ended when it takes too long.
 */
final class LeoSdk {
    private static final int INSTALL_SECONDS_MAX = 180;
    private static final int RUN_SECONDS_MAX = 120;
    private static final int SAID_LINES_MAX = 60;
    private static final String RESULT = "=> ";
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc", "leo.js");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<String, String> environment;

    private LeoSdk(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Where the build keeps the package. */
    static Path folder() {
        return Path.of(System.getProperty("weir.root", ".."), "localstack", "target", "leo-sdk");
    }

    /** Fetches the packages of the lock file unless they are there; gives the reason if that cannot be done. */
    static Optional<String> install(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            copy(folder, file);
        }
        byte[] lock = Files.readAllBytes(folder.resolve("package-lock.json"));
        Path installed = folder.resolve("installed.json");
        if (Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), lock)) {
            return Optional.empty();
        }
        Optional<String> missing = fetch(folder);
        if (missing.isEmpty()) {
            Files.write(installed, lock);
        }
        return missing;
    }

    private static Optional<String> fetch(Path folder) throws InterruptedException {
        Path log = folder.resolve("npm.log");
        List<String> command = List.of(
                "npm",
                "ci",
                "--cache",
                folder.resolve("cache").toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier");
        try {
            Process npm = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = npm.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS);
            npm.destroyForcibly();
            return ended && npm.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of("npm could not install leo-sdk, see " + log);
        } catch (IOException e) {
            return Optional.of("there is no npm to install leo-sdk with");
        }
    }

    private static void copy(Path folder, String file) throws IOException {
        try (InputStream content = LeoSdk.class.getResourceAsStream(file)) {
            Files.copy(content, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** On a bus that is up. */
    static LeoSdk on(Path folder, Address address, Connection connection) {
        Path absolute = folder.toAbsolutePath().normalize();
        Environment variables = new Environment(address, connection.bus(), Environment.preload(absolute));
        Map<String, String> environment = new HashMap<>(variables.variables());
        environment.put("AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE", "1");
        return new LeoSdk(absolute, environment);
    }

    /** Runs one verb of {@code leo.js} and gives what it said, line by line. Fails with all that it wrote if it does not end well. */
    List<JsonNode> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "leo.js"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "run-", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            boolean isWell = endsWell(builder.start());
            List<String> lines =
                    Files.readString(output, StandardCharsets.UTF_8).lines().toList();
            if (!isWell) {
                throw new IllegalStateException("leo-sdk failed: arguments=" + List.of(arguments) + " said="
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - SAID_LINES_MAX), lines.size())));
            }
            return results(lines);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean endsWell(Process node) throws InterruptedException {
        try {
            return node.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS) && node.exitValue() == 0;
        } finally {
            node.destroyForcibly();
        }
    }

    private static List<JsonNode> results(List<String> lines) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(RESULT)) {
                results.add(JSON.readTree(line.substring(RESULT.length())));
            }
        }
        return results;
    }
}
