package dev.weir.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The npm package aws-cdk-local: the CDK's own command line, pointed at an emulator. Each call is a process of its own, ended when it takes
 * too long.
 *
 * @param endpoint of all services. With an address as its host the name of a bucket is in the path, and no name must resolve
 */
record CdkLocal(URI endpoint) {
    static final String WRAPPER = "aws-cdk-local@3.0.4";
    static final String CDK = "aws-cdk@2.1148.1";
    static final String REGION = "us-east-1";

    /** An account that no AWS has. */
    static final Map<String, String> CREDENTIALS = Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

    /** Where the build keeps the program, what it fetches, and its logs. */
    private static final Path FOLDER = Path.of(
                    System.getProperty("weir.root", ".."), "localstack", "target", "cdklocal")
            .toAbsolutePath()
            .normalize();

    /** What a call left behind; both streams are in {@code said}. */
    record Ran(int exitCode, String said) {}

    /** Both packages in one folder: the wrapper looks for the CDK beside itself. */
    static List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("npx", "--yes", "--package", WRAPPER, "--package", CDK, "--", "cdklocal"));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * What the program is started with: nothing that leads to an account of the user's is left.
     *
     * @param inherited the environment of this process
     */
    Map<String, String> environment(Map<String, String> inherited) {
        Map<String, String> environment = new TreeMap<>(inherited);
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(CREDENTIALS);
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        environment.put("AWS_ENDPOINT_URL_S3", endpoint.toString());
        environment.put("AWS_REGION", REGION);
        environment.put("AWS_ENVAR_ALLOWLIST", "AWS_REGION"); // the wrapper takes the others away
        environment.put("CDK_HOME", FOLDER.resolve("home").toString());
        environment.put("CDK_DISABLE_CLI_TELEMETRY", "true");
        environment.put("npm_config_cache", FOLDER.resolve("cache").toString());
        environment.put("npm_config_update_notifier", "false");
        return environment;
    }

    /** Runs it; {@code -1} if it took too long. What it says is kept in the folder, too. */
    Ran run(Duration longest, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createDirectories(FOLDER).resolve("cdklocal-" + arguments[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = environment(Map.copyOf(builder.environment()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
            String said = Files.readString(log);
            return ended ? new Ran(process.exitValue(), said) : new Ran(-1, "longer than " + longest + ": " + said);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
