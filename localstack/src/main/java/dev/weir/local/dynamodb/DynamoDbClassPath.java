package dev.weir.local.dynamodb;

import dev.weir.local.process.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The class path of DynamoDB Local: what the build fetched, and a jar of our two main classes. It is not ours, and none of its classes
 * may be on ours: it is built against another version of the AWS SDK, and its licence forbids to build it into a program.
 *
 * @param fetched the class path in the form of the platform, as the module {@code localstack/dynamodb-local} writes it
 */
public record DynamoDbClassPath(String fetched) {

    /** The system property that names the file with the class path. */
    public static final String PROPERTY = "weir.dynamodb.classpath";

    private static final List<Class<?>> LAUNCHER = List.of(ChildMain.class, DynamoDbLocalMain.class);

    /**
     * Reads the file that the property names.
     *
     * @param file the value of {@value #PROPERTY}, or empty
     * @throws IllegalStateException if the file or one of the jars in it is not there
     */
    public static DynamoDbClassPath read(String file) {
        Path path = Path.of(file);
        if (file.isEmpty() || !Files.isRegularFile(path)) {
            throw new IllegalStateException(
                    "the class path of DynamoDB Local is not there, build localstack/dynamodb-local"
                            + " and point the system property at its file: " + PROPERTY + "=" + file);
        }
        try {
            DynamoDbClassPath classPath =
                    new DynamoDbClassPath(Files.readString(path).strip());
            classPath.requireJars(file);
            return classPath;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot read the class path of DynamoDB Local: " + PROPERTY + "=" + file, e);
        }
    }

    /** The whole class path, with a launcher jar that is written into the given directory. */
    String withLauncherIn(Path directory) throws IOException {
        Path jar = directory.resolve("weir-dynamodb-launcher.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : LAUNCHER) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    if (in == null) {
                        throw new IllegalStateException("class file is missing: name=" + name);
                    }
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar + File.pathSeparator + fetched;
    }

    private void requireJars(String file) {
        for (String jar : fetched.split(File.pathSeparator)) {
            if (!Files.exists(Path.of(jar))) {
                throw new IllegalStateException(
                        "a jar of DynamoDB Local is gone, build localstack/dynamodb-local again: jar=" + jar + " "
                                + PROPERTY + "=" + file);
            }
        }
    }
}
