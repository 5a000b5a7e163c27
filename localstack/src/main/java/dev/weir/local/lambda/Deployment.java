package dev.weir.local.lambda;

import dev.weir.local.process.ChildMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an isolated function is started from.
 *
 * @param classPath the deployed jar, or directories and jars; nothing of this JVM is added but where {@link ChildMain} lies
 * @param runtime what Lambda itself brings
 * @param taskRoot working directory and {@code LAMBDA_TASK_ROOT}; must exist. Jars in its {@code lib} directory are on the class path too
 * @param javaHome the Java to run with
 * @param jvmOptions further options, after ours
 */
public record Deployment(
        List<Path> classPath, LambdaRuntime runtime, Path taskRoot, Path javaHome, List<String> jvmOptions) {

    public Deployment {
        classPath = List.copyOf(classPath);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** With the Java of this JVM and no further options. */
    public static Deployment of(List<Path> classPath, LambdaRuntime runtime, Path taskRoot) {
        return new Deployment(classPath, runtime, taskRoot, Path.of(System.getProperty("java.home")), List.of());
    }

    public Deployment withJvmOptions(List<String> options) {
        return new Deployment(classPath, runtime, taskRoot, javaHome, options);
    }

    /**
     * The command of the child. Quick to start: serial collector and first compiler tier only, as Lambda's own Java runtimes are set.
     *
     * @param memoryMegabytes of the function; four fifths become the heap
     */
    List<String> command(String handler, int memoryMegabytes) {
        var command = new ArrayList<String>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.add("-Xmx" + memoryMegabytes * 4 / 5 + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xshare:auto");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(fullClassPath());
        command.add(ChildMain.class.getName());
        command.add(LambdaRuntime.MAIN);
        command.add(handler);
        return command;
    }

    private String fullClassPath() {
        return Stream.of(classPath, runtime.jars(), List.of(LambdaRuntime.launcher()))
                .flatMap(List::stream)
                .map(path -> path.toAbsolutePath().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
