package dev.weir.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One method that takes any bytes. Not thread-safe: the method may keep decoders.
 *
 * @param type the class it is in
 * @param code the method
 * @param instance what it is called on, the same each time
 */
public record FuzzTarget(Class<?> type, Method code, Object instance) {

    /** Longest input: 64 KiB. */
    public static final int INPUT_BYTES_MAX = 64 * 1024;

    /** The targets of a class, by name. */
    public static List<FuzzTarget> in(Class<?> type) {
        List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Fuzz.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("class has no method marked @Fuzz: class=" + type.getName());
        }
        return methods.stream().map(method -> of(type, method)).toList();
    }

    /** The target with a name as {@link #name} gives it. */
    public static FuzzTarget named(String name) {
        int hash = name.indexOf('#');
        try {
            return in(Class.forName(name.substring(0, hash))).stream()
                    .filter(target -> target.name().equals(name))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException("no such target: name=" + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no such target: name=" + name, e);
        }
    }

    private static FuzzTarget of(Class<?> type, Method method) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            return new FuzzTarget(type, method, constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("class needs a constructor without arguments: class=" + type, e);
        }
    }

    /** Class and method: {@code dev.weir.model.EidFuzzTest#ids}. */
    public String name() {
        return type.getName() + "#" + method();
    }

    /** The name of the method. */
    public String method() {
        return code.getName();
    }

    /** Runs an input. Whatever the target throws fails with the input in base64. */
    public void run(byte[] input) {
        try {
            code.invoke(instance, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    name() + " fails for input=" + Base64.getEncoder().encodeToString(input), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("target cannot be called: " + name(), e);
        }
    }

    /** The folder of its seeds, if there is one. */
    public Optional<Path> seedFolder() {
        URL folder = type.getResource(type.getSimpleName() + "Inputs/" + method());
        try {
            return folder == null ? Optional.empty() : Optional.of(Path.of(folder.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path of folders is needed: folder=" + folder, e);
        }
    }

    /** The contents of its seeds, by name; an empty input if it has none. */
    List<byte[]> seeds() {
        if (seedFolder().isEmpty()) {
            return List.of(new byte[0]);
        }
        try (Stream<Path> files = Files.list(seedFolder().get())) {
            return files.sorted().map(FuzzTarget::contents).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("seeds cannot be read: target=" + name(), e);
        }
    }

    private static byte[] contents(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("seed cannot be read: file=" + file.getFileName(), e);
        }
    }
}
