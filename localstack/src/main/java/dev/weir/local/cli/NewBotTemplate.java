package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that a new bot begins with. They are those of the Maven archetype, and are filled in as that does it: <code>${word}</code> in
 * texts, {@code __word__} in names, and Java files go into the folder of their package.
 */
final class NewBotTemplate {
    private static final String FOLDER = "functions/archetype/src/main/resources/archetype-resources";
    private static final Pattern VERSION = Pattern.compile("<artifactId>weir</artifactId>\\s*<version>([^<]*)<");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final List<Path> SOURCES = List.of(Path.of("src", "main", "java"), Path.of("src", "test", "java"));

    private final Map<Path, String> files;
    private final String version;

    private NewBotTemplate(Map<Path, String> files, String version) {
        this.files = files;
        this.version = version;
    }

    /** The template of the Weir in this folder. */
    static NewBotTemplate in(Path root) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        Path folder = root.resolve(FOLDER);
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file), Files.readString(file));
            }
        }
        Matcher found = VERSION.matcher(Files.readString(root.resolve("pom.xml")));
        if (!found.find()) {
            throw new IOException("the pom.xml of Weir says no version: folder=" + root);
        }
        return new NewBotTemplate(files, found.group(1));
    }

    /**
     * The files of a module, by their place in it.
     *
     * @throws UsageException if the bot's class would be called like something that the files need
     */
    Map<Path, String> filled(NewBot bot) {
        requireDistinct(bot);
        Map<String, String> words = bot.words(version);
        Map<Path, String> filled = new TreeMap<>();
        files.forEach((place, text) -> filled.put(place(place, words), fill(text, words, "${", "}")));
        return filled;
    }

    private static Path place(Path place, Map<String, String> words) {
        Path folder = Path.of(words.getOrDefault("package", "").replace('.', '/'));
        for (Path sources : SOURCES) {
            if (place.startsWith(sources)) {
                return sources.resolve(folder).resolve(name(sources.relativize(place), words));
            }
        }
        return name(place, words);
    }

    private static Path name(Path place, Map<String, String> words) {
        return Path.of(fill(place.toString(), words, "__", "__"));
    }

    private static String fill(String text, Map<String, String> words, String before, String after) {
        String filled = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace(before + word.getKey() + after, word.getValue());
        }
        return filled;
    }

    private void requireDistinct(NewBot bot) {
        Pattern word = Pattern.compile("\\b" + bot.className() + "\\b");
        boolean isUsed = files.entrySet().stream()
                .filter(file -> file.getKey().toString().endsWith(".java"))
                .map(file -> COMMENT.matcher(file.getValue()).replaceAll(" "))
                .anyMatch(code -> word.matcher(code).find());
        if (isUsed || isOfJava(bot.className())) {
            throw new UsageException("the bot's class would be called " + bot.className()
                    + ", which another class is already, choose another name: NAME=" + bot.name());
        }
    }

    private static boolean isOfJava(String className) {
        try {
            Class.forName("java.lang." + className, false, null);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }
}
