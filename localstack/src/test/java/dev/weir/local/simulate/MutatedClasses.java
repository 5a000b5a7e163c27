package dev.weir.local.simulate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * All classes of Weir once more, with those of a known bad build in the place of the good ones. Compiles in memory, against the class path of
 * the test; what is not Weir's is shared with the test. Loads classes in one thread.
 */
final class MutatedClasses extends ClassLoader {
    private static final String OURS = "dev.weir.";

    private final Map<String, byte[]> mutated;

    private MutatedClasses(Map<String, byte[]> mutated) {
        super(MutatedClasses.class.getClassLoader());
        this.mutated = mutated;
    }

    /**
     * Makes the classes of a build.
     *
     * @param root of the repository
     * @throws AssertionError if the build does not fit the source, or does not compile
     */
    static MutatedClasses of(KnownBadBuild build, Path root) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (KnownBadBuild.Edit edit : build.edits()) {
            sources.put(
                    edit.source(), edit.applyTo(sources.computeIfAbsent(edit.source(), source -> read(root, source))));
        }
        return new MutatedClasses(sources.isEmpty() ? Map.of() : compile(build.name(), sources));
    }

    private static String read(Path root, String source) {
        try {
            return Files.readString(root.resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException("a source cannot be read: root=" + root + " source=" + source, e);
        }
    }

    private static Map<String, byte[]> compile(String name, Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (Output output = new Output(compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8))) {
            List<Source> units = sources.entrySet().stream()
                    .map(each -> new Source(each.getKey(), each.getValue()))
                    .toList();
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-parameters", "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(messages, output, null, options, null, units).call()) {
                throw new AssertionError("a known bad build does not compile: name=" + name + " messages=" + messages);
            }
            return output.classes();
        } catch (IOException e) {
            throw new UncheckedIOException("a known bad build cannot be compiled: name=" + name, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("source:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps classes in memory. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Output(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("class:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(className, _ -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
