package dev.weir.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every public type says what it is. The compiler only checks the comments that are there. */
class JavadocTest {

    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));

    @Test
    void everyPublicTypeHasJavadoc() throws IOException {
        assertThat(publicTypesWithoutJavadoc(sources()))
                .as("public types without Javadoc")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("bus-sdk", "functions", "infra", "localstack", "localstack/bench")) {
            Path folder = ROOT.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(folder)) {
                try (var files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        assertThat(sources).as("sources below " + ROOT.toAbsolutePath()).hasSizeGreaterThan(20);
        return sources;
    }

    private static List<String> publicTypesWithoutJavadoc(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            List<String> found = new ArrayList<>();
            for (CompilationUnitTree file : task.parse()) {
                new PublicTypes(DocTrees.instance(task), found).scan(file, null);
            }
            return found;
        }
    }

    /** Visits the types of a file from the outside in, and does not look into those that are hidden. */
    private static final class PublicTypes extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees docs;
        private final List<String> found;

        PublicTypes(DocTrees docs, List<String> found) {
            this.docs = docs;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            if (!isPublic(type)) {
                return null;
            }
            if (docs.getDocComment(getCurrentPath()) == null) {
                found.add(file() + ": " + type.getSimpleName());
            }
            return super.visitClass(type, null);
        }

        private boolean isPublic(ClassTree type) {
            TreePath parent = getCurrentPath().getParentPath();
            boolean inInterface = parent.getLeaf() instanceof ClassTree outer
                    && outer.getKind() == com.sun.source.tree.Tree.Kind.INTERFACE;
            return inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC);
        }

        private String file() {
            return ROOT.relativize(Path.of(getCurrentPath()
                            .getCompilationUnit()
                            .getSourceFile()
                            .getName()))
                    .toString();
        }
    }
}
