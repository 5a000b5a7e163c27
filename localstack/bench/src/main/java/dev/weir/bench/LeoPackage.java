package dev.weir.bench;

import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The npm package leo-sdk, unmodified, as the lock file of the tests has it; where they keep it, so that it is fetched once. */
final class LeoPackage {
    private static final int INSTALL_SECONDS_MAX = 180;
    private static final int PROBE_SECONDS_MAX = 10;
    private static final String FILES = "localstack/src/test/resources/dev/weir/local/leo";
    private static final String SCRIPT = "leo-bench.js";
    private static final List<String> COPIED = List.of("package.json", "package-lock.json", ".npmrc");

    private final Path folder;

    private LeoPackage(Path folder) {
        this.folder = folder;
    }

    /**
     * Fetches the packages unless they are there.
     *
     * @throws MissingException if node or npm is not there, or npm cannot fetch them
     */
    static LeoPackage install() throws IOException, InterruptedException {
        Path root =
                Path.of(System.getProperty("weir.root", ".")).toAbsolutePath().normalize();
        Path folder = Files.createDirectories(root.resolve("localstack/target/leo-sdk"));
        run(folder, PROBE_SECONDS_MAX, "node", "--version");
        for (String file : COPIED) {
            Files.copy(root.resolve(FILES).resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        byte[] lock = Files.readAllBytes(folder.resolve("package-lock.json"));
        Path installed = folder.resolve("installed.json");
        if (!Files.exists(installed) || !Arrays.equals(Files.readAllBytes(installed), lock)) {
            Figures.progress("fetching leo-sdk");
            run(folder, INSTALL_SECONDS_MAX, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Files.write(installed, lock);
        }
        return new LeoPackage(folder);
    }

    /** Neither is needed for anything else, so it is said what is missing and what it is for. */
    private static void run(Path folder, int secondsMax, String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("npm.log");
        Process process = start(folder, log, command)
                .orElseThrow(
                        () -> new MissingException("this benchmark runs leo-sdk and needs node and npm on the PATH:"
                                + " there is no " + command[0]));
        boolean ended = process.waitFor(secondsMax, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0) {
            throw new MissingException("this benchmark runs leo-sdk, and a command for it failed: command="
                    + String.join(" ", command) + " log=" + log);
        }
    }

    private static Optional<Process> start(Path folder, Path log, String... command) {
        try {
            return Optional.of(new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** {@code leo-bench.js} on a bus that is up. */
    ProcessBuilder command(Address address, Connection bus, List<String> arguments) throws IOException {
        try (InputStream script = LeoPackage.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException("not among the resources of this program: name=" + SCRIPT);
            }
            Files.copy(script, folder.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder command = new ProcessBuilder(Machine.concat(List.of("node", SCRIPT), arguments));
        command.directory(folder.toFile());
        command.environment().putAll(new Environment(address, bus.bus(), Environment.preload(folder)).variables());
        command.environment().put("AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE", "1");
        return command;
    }

    /** Something that this machine has not. */
    static final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message);
        }
    }
}
