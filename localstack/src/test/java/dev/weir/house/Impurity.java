package dev.weir.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.Set;

/** What makes the same input give another output: clocks, randomness, the environment, threads. */
final class Impurity {

    static final DescribedPredicate<JavaClass> TYPES =
            describe("are a clock, a generator of random numbers or a thread", Impurity::isImpure);

    static final DescribedPredicate<JavaAccess<?>> CALLS =
            describe("reads the clock, randomness or the environment, or starts threads", Impurity::isImpure);

    private static final Set<String> IMPURE_TYPES = Set.of(
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.StructuredTaskScope",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ThreadPoolExecutor");

    private static final Set<String> IMPURE_CALLS = Set.of(
            "java.lang.Boolean.getBoolean",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong",
            "java.lang.Math.random",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.getProperties",
            "java.lang.System.getProperty",
            "java.lang.System.getenv",
            "java.lang.System.identityHashCode",
            "java.lang.System.nanoTime",
            "java.time.ZoneId.systemDefault",
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.CompletableFuture.completeOnTimeout",
            "java.util.concurrent.CompletableFuture.delayedExecutor",
            "java.util.concurrent.CompletableFuture.orTimeout");

    private Impurity() {}

    private static boolean isImpure(JavaClass type) {
        return IMPURE_TYPES.contains(type.getName()) || type.getPackageName().equals("java.util.random");
    }

    /** Calls and method references alike. */
    private static boolean isImpure(JavaAccess<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        boolean now = owner.startsWith("java.time.") && name.equals("now");
        boolean parallel = owner.startsWith("java.util.") && (name.equals("parallel") || name.equals("parallelStream"));
        return now || parallel || onThreadsOfNobody(call) || IMPURE_CALLS.contains(owner + "." + name);
    }

    /** A future may be run by an executor that was passed in, and not by the common pool. */
    private static boolean onThreadsOfNobody(JavaAccess<?> access) {
        return access instanceof JavaCodeUnitAccess<?> call
                && call.getTargetOwner().getName().equals("java.util.concurrent.CompletableFuture")
                && call.getName().endsWith("Async")
                && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.getName().equals("java.util.concurrent.Executor"));
    }
}
