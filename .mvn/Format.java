import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Formats every Java source of the project, or with {@code check} only says which ones are not formatted, and exits with 1.
 *
 * <p>Formatters parse with the compiler of the JVM they run in, and Maven may run on an older one than the sources are written for
 * (Spotless fails on them). So the build starts this file with the JDK of the toolchain.
 */
final class Format {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean check = args[0].equals("check");
        Path root = Path.of(args[1]).toAbsolutePath().normalize();
        List<String> found;
        try (Stream<Path> files = Files.walk(root)) {
            found = files.filter(file -> isSource(root.relativize(file)))
                    .sorted()
                    .parallel()
                    .flatMap(file -> visit(root, file, check).stream())
                    .toList();
        }
        found.forEach(System.err::println);
        if (check && !found.isEmpty()) {
            System.err.printf(Locale.ROOT, "%d file(s) to format. Run: mvn -N -Pformat%n", found.size());
            System.exit(1);
        }
    }

    private static boolean isSource(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.endsWith(".java")
                && (path.startsWith(".mvn/") || path.matches("[a-z].*/src/.*"))
                && !path.contains("/target/")
                && !path.contains("/archetype-resources/"); // no Java before they are filled in
    }

    /** A line to print about the file, if there is something to say. */
    private static Optional<String> visit(Path root, Path file, boolean check) {
        try {
            String source = Files.readString(file);
            // Long strings stay as they are: wrapping them breaks on text blocks.
            String formatted = FORMATTER.formatSource(FORMATTER.fixImports(source));
            if (formatted.equals(source)) {
                return Optional.empty();
            }
            if (check) {
                return Optional.of(
                        "not formatted: " + root.relativize(file) + ":" + firstDifference(source, formatted));
            }
            Files.writeString(file, formatted);
            return Optional.of("formatted: " + root.relativize(file));
        } catch (FormatterException e) {
            return Optional.of("does not parse: " + root.relativize(file) + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot format: file=" + file, e);
        }
    }

    private static long firstDifference(String source, String formatted) {
        var one = source.lines().toList();
        var other = formatted.lines().toList();
        int line = 0;
        while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
            line++;
        }
        return line + 1L;
    }
}
