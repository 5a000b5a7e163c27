package dev.weir.api;

import dev.weir.graph.Graph;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The signatures that users of the library compile and link against, as its class files have them: one a line, each type before its members. */
final class PublicApi {
    private static final String ROOT = "dev.weir.";

    private PublicApi() {}

    /** All lines of these packages below {@code dev.weir}, with full names. */
    static List<String> of(Set<String> packages) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : new TreeSet<>(packages)) {
            for (Class<?> type : types(name)) {
                lines.add(type(type));
                members(type).forEach(member -> lines.add("    " + member));
            }
        }
        return lines;
    }

    private static List<Class<?>> types(String packageName) throws IOException {
        Path folder = classes().resolve("dev/weir").resolve(packageName);
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .sorted()
                    .<Class<?>>map(file -> load(ROOT + packageName + "." + file))
                    .filter(PublicApi::isVisible)
                    .toList();
        }
    }

    private static Path classes() {
        try {
            return Path.of(Graph.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the classes cannot be found", e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Graph.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class file has another name than its class: name=" + name, e);
        }
    }

    /** Whether it, and all that it is declared in, can be named from outside. */
    private static boolean isVisible(Class<?> type) {
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isVisible(type.getModifiers())
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String type(Class<?> type) {
        StringBuilder line = new StringBuilder(type.toGenericString());
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            line.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        List<String> interfaces = Arrays.stream(type.getGenericInterfaces())
                .map(java.lang.reflect.Type::getTypeName)
                .sorted()
                .toList();
        line.append(interfaces.isEmpty() ? "" : " implements " + String.join(", ", interfaces));
        if (type.isSealed()) {
            line.append(" permits ")
                    .append(Arrays.stream(type.getPermittedSubclasses())
                            .map(Class::getTypeName)
                            .toList());
        }
        return line.toString();
    }

    private static Set<String> members(Class<?> type) {
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            add(field, field.toGenericString() + constant(field), members);
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            add(constructor, constructor.toGenericString(), members);
        }
        for (Method method : type.getDeclaredMethods()) {
            add(method, method.toGenericString(), members);
        }
        return members;
    }

    private static void add(Member member, String line, Set<String> members) {
        boolean isOfEveryObject = member instanceof Method method
                && List.of("equals", "hashCode", "toString").contains(method.getName());
        if (isVisible(member.getModifiers()) && !member.isSynthetic() && !isOfEveryObject) {
            members.add(
                    line.replace(member.getDeclaringClass().getTypeName() + "." + member.getName(), member.getName()));
        }
    }

    /** Compilers copy the value of a constant into what uses it. */
    private static String constant(Field field) {
        boolean isConstant = Modifier.isStatic(field.getModifiers())
                && Modifier.isPublic(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        if (!isConstant) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public constant cannot be read: field=" + field, e);
        }
    }
}
