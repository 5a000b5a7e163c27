package dev.weir.bench;

import dev.weir.bench.race.Contestant;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Another system: Maven fetches its class path when it is first run, and our side of it, below {@code src/rivals}, is compiled on that. */
enum Rival {
    KAFKA("Kafka Streams 4.1.0", "kafka", "KafkaSide"),
    HAZELCAST("Hazelcast Jet 5.5.0", "hazelcast", "HazelcastSide"),
    FLINK("Flink 2.1.0", "flink", "FlinkSide");

    private static final String SOURCES = "localstack/bench/src/rivals";
    private static final String BUILT = "localstack/bench/target/rivals";

    private final String text;
    private final String folder;
    private final String main;

    Rival(String text, String folder, String main) {
        this.text = text;
        this.folder = folder;
        this.main = main;
    }

    /** For people. */
    String text() {
        return text;
    }

    /** What runs it: fetches and compiles what is missing or older than its sources. */
    List<String> command(List<String> options, String... arguments) throws IOException {
        Path root =
                Path.of(System.getProperty("weir.root", ".")).toAbsolutePath().normalize();
        Path sources = root.resolve(SOURCES).resolve(folder);
        Path built = root.resolve(BUILT).resolve(folder);
        Path classPathFile = Files.createDirectories(built).resolve("class.path");
        if (isOlder(classPathFile, List.of(sources.resolve("pom.xml")))) {
            Figures.progress("fetching %s", text);
            fetch(sources.resolve("pom.xml"), classPathFile, built.resolve("maven.log"));
        }
        String classPath =
                ours() + File.pathSeparator + Files.readString(classPathFile).strip();
        compile(sources, built.resolve("classes"), classPath);
        List<String> command = new ArrayList<>();
        command.add(Machine.javaProgram());
        command.addAll(options);
        command.addAll(List.of("-cp", built.resolve("classes") + File.pathSeparator + classPath));
        command.add("dev.weir.bench." + folder + "." + main);
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isOlder(Path built, List<Path> sources) throws IOException {
        if (!Files.exists(built)) {
            return true;
        }
        for (Path source : sources) {
            if (Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(built)) > 0) {
                return true;
            }
        }
        return false;
    }

    private static void fetch(Path pom, Path classPath, Path log) {
        ProcessBuilder maven = new ProcessBuilder(
                "mvn",
                "-q",
                "-B",
                "-f",
                pom.toString(),
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + classPath);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.redirectErrorStream(true).redirectOutput(log.toFile());
        if (Machine.run(maven) != 0) {
            throw new IllegalStateException(
                    "the class path of another system cannot be fetched: pom=" + pom + " log=" + log);
        }
    }

    /** Where the classes are that both sides have. */
    private static Path ours() {
        try {
            return Path.of(Contestant.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes of the benchmarks lie nowhere", e);
        }
    }

    /** Some seconds each time: then it is never older than what it was compiled with. */
    private static void compile(Path sources, Path classes, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments =
                new ArrayList<>(List.of("-parameters", "-proc:none", "-Xlint:all,-classfile,-path", "-Werror"));
        arguments.addAll(List.of("-d", Files.createDirectories(classes).toString(), "-cp", classPath));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("our side of another system cannot be compiled: sources=" + sources);
        }
    }
}
