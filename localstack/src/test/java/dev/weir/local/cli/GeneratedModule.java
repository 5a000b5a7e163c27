package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A module as {@code ./weir new bot} made it, built and tested without Maven on the class path of this JVM. */
record GeneratedModule(Path folder, String packageName, String className) {

    /** All files, relative to the folder, in order. */
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /** Compiles what is below {@code src/main} and {@code src/test}, with every warning an error. */
    void compile() throws IOException {
        Path classes = Files.createDirectories(classes());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter says = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(folder.resolve("src"))) {
            List<Path> sources =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-Xlint:all,-classfile,-path,-processing,-exports",
                    "-Xdoclint:all,-missing",
                    "-Werror",
                    "-proc:none",
                    "-parameters",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            boolean isCompiled = compiler.getTask(
                            says, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(isCompiled).as(says::toString).isTrue();
        }
        Path services = classes.resolve("META-INF/services");
        Files.createDirectories(services);
        for (String service : files(folder.resolve("src/main/resources/META-INF/services"))) {
            Files.copy(
                    folder.resolve("src/main/resources/META-INF/services").resolve(service), services.resolve(service));
        }
    }

    private Path classes() {
        return folder.resolve("target/classes");
    }

    /** Runs the module's test. */
    TestExecutionSummary test() throws IOException, ClassNotFoundException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes().toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                    .enableTestExecutionListenerAutoRegistration(false)
                    .build());
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(loader.loadClass(packageName + "." + className + "Test")))
                            .filters(EngineFilter.includeEngines("junit-jupiter"))
                            .build(),
                    summary);
            return summary.getSummary();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A jar of the module's classes. */
    Path jar() throws IOException {
        Path jar = folder.resolve("target/module.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : files(classes())) {
                out.putNextEntry(new JarEntry(name));
                out.write(Files.readAllBytes(classes().resolve(name)));
            }
        }
        return jar;
    }
}
