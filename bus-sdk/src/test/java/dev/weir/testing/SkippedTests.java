package dev.weir.testing;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a module's tests which were not run, and why: those that are disabled and those whose assumption failed.
 *
 * <p>A test that did not run must not look like one that passed. JUnit finds this class by its service file. Thread-safe.
 */
public final class SkippedTests implements TestExecutionListener {

    private static final String NO_REASON = "no reason given";

    private final Set<String> lines = new LinkedHashSet<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            add(test, result.getThrowable().map(Throwable::getMessage).orElse(NO_REASON));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        synchronized (lines) {
            lines.forEach(System.out::println);
            lines.clear();
        }
    }

    private void add(TestIdentifier test, String reason) {
        String line =
                "SKIPPED " + nameOf(test) + ": " + reason.lines().findFirst().orElse(NO_REASON);
        synchronized (lines) {
            lines.add(line);
        }
    }

    private static String nameOf(TestIdentifier test) {
        return test.getSource().map(SkippedTests::nameOf).orElseGet(test::getDisplayName);
    }

    private static String nameOf(TestSource source) {
        return switch (source) {
            case MethodSource method -> simple(method.getClassName()) + "." + method.getMethodName();
            case ClassSource type -> simple(type.getClassName());
            default -> source.toString();
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
