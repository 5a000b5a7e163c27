package dev.weir.local.lambda;

import dev.weir.local.process.ChildMain;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Lambda brings to a Java function: its runtime interface client with the libraries of that. Fetched by the build, never on our own
 * class path.
 *
 * @param jars in the order of the class path
 */
public record LambdaRuntime(List<Path> jars) {

    /** The system property that names the file with the class path. */
    public static final String PROPERTY = "weir.lambda.classpath";

    /** The main class of the client. */
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    public LambdaRuntime {
        jars = List.copyOf(jars);
    }

    /**
     * Reads the file that the property names: a class path in the form of the platform, as the module
     * {@code localstack/lambda-runtime} writes it.
     *
     * @param file the value of {@value #PROPERTY}, or empty
     * @throws IllegalStateException if the file or one of the jars in it is not there
     */
    public static LambdaRuntime read(String file) {
        Path path = Path.of(file);
        if (file.isEmpty() || !Files.isRegularFile(path)) {
            throw new IllegalStateException(
                    "the class path of the Lambda runtime is not there, build localstack/lambda-runtime"
                            + " and point the system property at its file: " + PROPERTY + "=" + file);
        }
        try {
            String text = Files.readString(path).strip();
            List<Path> jars =
                    Stream.of(text.split(File.pathSeparator)).map(Path::of).toList();
            jars.forEach(jar -> requireJar(jar, file));
            return new LambdaRuntime(jars);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot read the class path of the Lambda runtime: " + PROPERTY + "=" + file, e);
        }
    }

    private static void requireJar(Path jar, String file) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "a jar of the Lambda runtime is gone, build localstack/lambda-runtime again: jar=" + jar + " "
                            + PROPERTY + "=" + file);
        }
    }

    /** Where {@link ChildMain} was loaded from; it goes behind everything else on the class path. */
    static Path launcher() {
        try {
            return Path.of(ChildMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where a class was loaded from: class=" + ChildMain.class, e);
        }
    }
}
