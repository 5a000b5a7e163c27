package dev.weir.testkit;

import dev.weir.graph.Graph;
import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Reduction;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.ScriptedWorld;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Strike;
import dev.weir.testkit.TestBus.Types;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs a test of a bot again and again, with other faults each time. Immutable; each method gives another one.
 *
 * <p>Without further words: 4 lanes, 2 shards, every fault there is, 100 seeds. As a JUnit extension ({@code @RegisterExtension}) it runs
 * every test method that has a {@link TestBus} among its parameters; {@link #run} does the same in any other framework. Fields of the test
 * are the same in all runs of a method, and {@code @BeforeEach} is called once.
 *
 * <p>A failure is an {@link AssertionError} whose message names the seed and the fewest faults that still show it. With
 * {@code -Dweir.seed=N}, and {@code -Dweir.plan=LIST} if it says so, only that run is done.
 *
 * @param <V> type of the state of a key
 * @param <I> type of the events that are put
 * @param <O> type of the results
 */
public final class BotTest<V, I, O> implements ParameterResolver, InvocationInterceptor {
    private static final int LANES = 4;
    private static final int SHARDS = 2;
    private static final int SEEDS = 100;

    /** Most places at which a run is killed; a test whose function makes more calls is too large to be killed at each. */
    private static final int CRASHES_MAX = 1_000;

    private final Types<?, V, ?, I, O> types;
    private final int lanes;
    private final int shards;
    private final FaultPlan plan;
    private final int seeds;
    private final boolean isCrashing;

    private BotTest(Types<?, V, ?, I, O> types, int lanes, int shards, FaultPlan plan, int seeds, boolean isCrashing) {
        this.types = types;
        this.lanes = lanes;
        this.shards = shards;
        this.plan = plan;
        this.seeds = seeds;
        this.isCrashing = isCrashing;
    }

    /** A test of a graph whose events and results are JSON texts. */
    public static <T, V, R> BotTest<V, String, String> of(Graph<T, V, R> graph) {
        return of(() -> graph);
    }

    /**
     * The same for a bot that has fields: each copy of the function gets a graph of its own, as each process has its own memory. So it
     * comes out if the bot relies on its memory.
     */
    public static <T, V, R> BotTest<V, String, String> of(Supplier<Graph<T, V, R>> graphs) {
        Types<T, V, R, String, String> texts =
                new Types<>(graphs, graphs.get(), Function.identity(), Function.identity());
        return new BotTest<>(texts, LANES, SHARDS, FaultPlan.EVERYTHING, SEEDS, false);
    }

    /** Events are put as values: {@code BotTest.of(GRAPH).input(Order::json)}. */
    public <I2> BotTest<V, I2, O> input(Function<I2, String> json) {
        return new BotTest<>(types.withInput(json), lanes, shards, plan, seeds, isCrashing);
    }

    /** Results are read as values: {@code BotTest.of(GRAPH).output(Total::parse)}. */
    public <O2> BotTest<V, I, O2> output(Function<String, O2> parse) {
        return new BotTest<>(types.withOutput(parse), lanes, shards, plan, seeds, isCrashing);
    }

    /** On a bus with so many lanes and, at the beginning, shards. With one lane all results are in one order. */
    public BotTest<V, I, O> on(int someLanes, int someShards) {
        return new BotTest<>(types, someLanes, someShards, plan, seeds, isCrashing);
    }

    /** So many runs with other random choices, at least 1. Default: 100. */
    public BotTest<V, I, O> seeds(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("a test runs at least once: seeds=" + runs);
        }
        return new BotTest<>(types, lanes, shards, plan, runs, isCrashing);
    }

    /** These faults instead of all. */
    public BotTest<V, I, O> faults(FaultPlan faults) {
        return new BotTest<>(types, lanes, shards, faults, seeds, isCrashing);
    }

    /** Nothing goes wrong, so one run is enough. */
    public BotTest<V, I, O> withoutFaults() {
        return new BotTest<>(types, lanes, shards, FaultPlan.NONE, 1, false);
    }

    /** And one run for each call that the function makes to the outside in which it is killed just before it, and one just after it. */
    public BotTest<V, I, O> crashEverywhere() {
        return new BotTest<>(types, lanes, shards, plan, seeds, true);
    }

    /** Does what a test does in each run. */
    public void run(Consumer<TestBus<V, I, O>> test) {
        Optional<Long> onlySeed = Optional.ofNullable(Long.getLong("weir.seed"));
        if (onlySeed.isPresent()) {
            String only = System.getProperty("weir.plan");
            check(test, onlySeed.get(), only == null ? plan : FaultPlan.parse(only));
            return;
        }
        if (isCrashing) {
            crashEverywhere(test);
        }
        for (long seed = 1; seed <= seeds; seed++) {
            check(test, seed, plan);
        }
    }

    private void crashEverywhere(Consumer<TestBus<V, I, O>> test) {
        int calls = check(test, 0, FaultPlan.NONE);
        if (calls > CRASHES_MAX) {
            throw new IllegalStateException(
                    "the function makes too many calls to be killed at each, put fewer events: calls=" + calls
                            + " callsMax=" + CRASHES_MAX);
        }
        for (int call = 0; call < calls; call++) {
            check(test, 0, FaultPlan.of(List.of(new Strike(Fault.KILLED_BEFORE, call))));
            check(test, 0, FaultPlan.of(List.of(new Strike(Fault.KILLED_AFTER, call))));
        }
    }

    /** One run; answers how many calls the function made. */
    private int check(Consumer<TestBus<V, I, O>> test, long seed, FaultPlan faults) {
        int[] calls = new int[1];
        Report report = play(test, seed, faults, calls);
        report.violation().ifPresent(violation -> {
            List<Strike> fewest = new Reduction(fewer -> play(test, seed, fewer, calls)).reduce(report);
            String strikes = fewest.isEmpty() ? "none" : FaultPlan.of(fewest).text();
            throw new AssertionError(
                    "with seed " + seed + " and " + fewest.size() + " of "
                            + report.struck().size() + " faults ("
                            + strikes + "): " + violation.getMessage() + System.lineSeparator() + "again: -Dweir.seed="
                            + seed + " -Dweir.plan=" + strikes,
                    violation);
        });
        return calls[0];
    }

    private Report play(Consumer<TestBus<V, I, O>> test, long seed, FaultPlan faults, int[] calls) {
        Setup setup = types.setup(lanes, shards);
        try (ScriptedWorld world = new ScriptedWorld(setup, seed, faults)) {
            Optional<Throwable> violation = violation(test, new TestBus<>(types, setup, world), world);
            calls[0] = world.opportunities(Fault.KILLED_BEFORE);
            return new Report(violation, world.struck());
        }
    }

    private Optional<Throwable> violation(Consumer<TestBus<V, I, O>> test, TestBus<V, I, O> bus, ScriptedWorld world) {
        try {
            test.accept(bus);
            world.finish();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBus.class;
    }

    /** A bus that nobody uses: each run gets its own. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Setup setup = types.setup(lanes, shards);
        return new TestBus<>(types, setup, new ScriptedWorld(setup, 0, FaultPlan.NONE));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (method.getArguments().stream().noneMatch(TestBus.class::isInstance)) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        run(bus -> invoke(method, context, bus));
    }

    private void invoke(ReflectiveInvocationContext<Method> method, ExtensionContext context, TestBus<V, I, O> bus) {
        List<Object> arguments = new ArrayList<>(method.getArguments());
        arguments.replaceAll(argument -> argument instanceof TestBus<?, ?, ?> ? bus : argument);
        try {
            method.getExecutable().setAccessible(true);
            method.getExecutable().invoke(context.getRequiredTestInstance(), arguments.toArray());
        } catch (InvocationTargetException e) {
            switch (e.getTargetException()) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case Throwable thrown -> throw new IllegalStateException("the test threw: " + thrown, thrown);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the test method cannot be called, make it package-private or public", e);
        }
    }
}
