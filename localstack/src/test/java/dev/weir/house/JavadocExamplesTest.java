package dev.weir.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every verb with which a pipeline is written has an example in its Javadoc, and every example compiles. An example is code with a call in
 * it; the names that it uses are in {@code javadoc-examples.txt}, those of each type by themselves.
 */
class JavadocExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final Path PIPELINE = ROOT.resolve("bus-sdk/src/main/java/dev/weir/pipeline");
    private static final List<String> TYPES =
            List.of("Pipeline", "Stage", "KeyedStage", "WindowedStage", "Feed", "To", "Codec", "Window");

    @Test
    void everyVerbOfAPipelineHasAnExample() throws IOException {
        assertThat(examples().entrySet())
                .hasSizeGreaterThan(40)
                .filteredOn(verb -> verb.getValue().isEmpty())
                .extracting(Map.Entry::getKey)
                .as("verbs without an example, which is {@code ...} or <pre>{@code ...}</pre> with a call in it")
                .isEmpty();
    }

    @Test
    void everyExampleCompiles() throws IOException {
        StringBuilder source = new StringBuilder(
                Files.readString(ROOT.resolve("localstack/src/test/resources/dev/weir/house/javadoc-examples.txt")));
        Map<Long, String> verbByLine = new LinkedHashMap<>();
        Map<String, List<String>> all = examples();
        for (String type : TYPES) {
            source.append("    static class Of" + type + " extends " + type + "Names {\n");
            all.forEach((verb, examples) -> examples.stream()
                    .filter(_ -> verb.startsWith(type + "."))
                    .forEach(example -> {
                        verbByLine.put(source.toString().lines().count() + 1, verb);
                        source.append("void example" + verbByLine.size() + "() throws Exception {\n" + example
                                + (example.strip().endsWith(";") ? "" : ";") + "\n}\n");
                    }));
            source.append("    }\n");
        }
        source.append("}\n");

        assertThat(errors(source.toString(), verbByLine))
                .as("examples that do not compile")
                .isEmpty();
    }

    private static List<String> errors(String source, Map<Long, String> verbByLine) {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        said,
                        List.of("-proc:none", "-implicit:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(new Source(source)));
        try {
            task.analyze();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return said.getDiagnostics().stream()
                .filter(each -> each.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .map(each ->
                        verb(each.getLineNumber(), verbByLine) + ": " + each.getMessage(java.util.Locale.ROOT) + ": "
                                + source.lines()
                                        .skip(each.getLineNumber() - 1)
                                        .findFirst()
                                        .orElse(""))
                .toList();
    }

    private static String verb(long line, Map<Long, String> verbByLine) {
        return verbByLine.entrySet().stream()
                .filter(entry -> entry.getKey() <= line)
                .map(Map.Entry::getValue)
                .reduce("javadoc-examples.txt", (_, later) -> later);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("source:///JavadocExamples.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    // ------------------------------------------------------------------ what the sources have

    /** The examples of each public method that is static or takes something, by its name; none for one that has none. */
    private static Map<String, List<String>> examples() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> sources =
                TYPES.stream().map(type -> PIPELINE.resolve(type + ".java")).toList();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Map<String, List<String>> examples = new LinkedHashMap<>();
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree file : task.parse()) {
                ClassTree type = (ClassTree) file.getTypeDecls().getFirst();
                TreePath path = new TreePath(new TreePath(file), type);
                type.getMembers().stream()
                        .filter(member -> member instanceof MethodTree method && isVerb(method, type))
                        .forEach(member -> examples.put(
                                type.getSimpleName() + "." + signature((MethodTree) member),
                                examples(docs.getDocCommentTree(new TreePath(path, member)))));
            }
            return examples;
        }
    }

    private static boolean isVerb(MethodTree method, ClassTree type) {
        boolean isPublic = type.getKind() == Tree.Kind.INTERFACE
                ? !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
                : method.getModifiers().getFlags().contains(Modifier.PUBLIC);
        boolean isStatic = method.getModifiers().getFlags().contains(Modifier.STATIC);
        return isPublic
                && method.getReturnType() != null
                && (isStatic || !method.getParameters().isEmpty())
                && method.getModifiers().getAnnotations().stream()
                        .noneMatch(each -> each.getAnnotationType().toString().equals("Override"));
    }

    private static String signature(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> parameter.getType().toString())
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }

    private static List<String> examples(@Nullable DocCommentTree comment) {
        List<String> examples = new ArrayList<>();
        if (comment != null) {
            new DocTreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
                    String text = literal.getBody().getBody();
                    if (literal.getKind() == DocTree.Kind.CODE && text.contains("(")) {
                        examples.add(text);
                    }
                    return null;
                }
            }.scan(comment, null);
        }
        return examples;
    }
}
