package dev.weir.local.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs the main of another class and halts the JVM when standard input ends, which happens however the parent dies, by kill -9 too.
 *
 * <p>Usage: {@code java -cp ... dev.weir.local.process.ChildMain <mainClass> <args>...}. The parent keeps the input open and writes nothing.
 * Uses JDK classes alone, so this class can be put on any class path.
 */
public final class ChildMain {
    /** Exit status of a child whose parent is gone. */
    public static final int PARENT_GONE = 75;

    /** Exit status when the main class failed or could not be run. */
    public static final int FAILED = 1;

    private ChildMain() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            System.err.println("usage: ChildMain <mainClass> <args>...");
            System.exit(FAILED);
        }
        Thread.ofPlatform().daemon().name("parent-watch").start(ChildMain::haltWithParent);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            fail(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            fail(e);
        }
    }

    private static void fail(Throwable failure) {
        failure.printStackTrace();
        System.exit(FAILED);
    }

    private static void haltWithParent() {
        try {
            while (System.in.read() >= 0) {
                // whatever comes is not for us; only the end is
            }
        } catch (IOException e) {
            // a broken input is an ended one
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
