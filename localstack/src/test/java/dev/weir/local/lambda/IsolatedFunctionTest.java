package dev.weir.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.weir.aws.SystemTime;
import dev.weir.local.mapping.FunctionErrorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** The real runtime interface client in child JVMs. */
@EnabledOnOs(LINUX)
@Timeout(120)
class IsolatedFunctionTest {
    private static final FunctionSettings SETTINGS =
            FunctionSettings.of("echo", Echo.class.getName()).with(Map.of("GREETING", "hi"));

    private static final LambdaRuntime RUNTIME = LambdaRuntime.read(System.getProperty(LambdaRuntime.PROPERTY, ""));

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private @Nullable IsolatedFunction function;

    @TempDir
    Path taskRoot;

    private IsolatedFunction start(FunctionSettings settings) throws Exception {
        Path classes = Path.of(
                Echo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        function = new IsolatedFunction(
                settings, Deployment.of(List.of(classes), RUNTIME, taskRoot), new SystemTime(), log::add);
        return function;
    }

    @AfterEach
    void close() {
        if (function != null) {
            function.close();
        }
    }

    private String invoke(String word) throws FunctionErrorException {
        return new String(
                function.invoke(("\"" + word + "\"").getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private FunctionErrorException failure(String word) {
        return catchThrowableOfType(FunctionErrorException.class, () -> invoke(word));
    }

    @Test
    void answersFailsAndStaysWarm() throws Exception {
        start(SETTINGS);

        assertThat(invoke("hello")).isEqualTo("\"hello\"");
        assertThat(invoke("context"))
                .isEqualTo("\"echo arn:aws:lambda:us-east-1:000000000000:function:echo 512 true 36 hi local\"");
        FunctionErrorException error = failure("throw");
        assertThat(error.errorType()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(error).hasMessageContaining("told to throw");
        assertThat(invoke("calls")).isEqualTo("4");
        assertThat(invoke("log")).isEqualTo("\"log\"");
        awaitLine("a line of the function");
        assertThat(function.processes()).isEqualTo(1);
    }

    private void awaitLine(String text) throws InterruptedException {
        for (String line = ""; !line.contains(text); ) {
            line = log.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("waiting for a line with '%s'", text).isNotNull();
        }
    }

    @Test
    void aLargeEventComesAndGoes() throws Exception {
        start(SETTINGS);
        String large = "x".repeat(5_000_000);

        assertThat(invoke(large)).isEqualTo("\"" + large + "\"");
    }

    @Test
    void aProcessThatExitsFailsItsCallAndIsReplaced() throws Exception {
        start(SETTINGS);
        String pid = invoke("pid");

        FunctionErrorException error = failure("exit");

        assertThat(error.errorType()).isEqualTo(FunctionErrorException.EXIT);
        assertThat(error).hasMessageContaining("pid=" + pid + " status=3");
        assertThat(invoke("calls")).isEqualTo("1");
    }

    @Test
    void aProcessOverItsTimeIsKilled() throws Exception {
        start(SETTINGS.timingOutAfter(Duration.ofSeconds(3)));
        ProcessHandle process = ProcessHandle.of(Long.parseLong(invoke("pid"))).orElseThrow();

        assertThat(failure("hang").errorType()).isEqualTo(FunctionErrorException.TIMED_OUT);
        process.onExit().get(20, TimeUnit.SECONDS);
        assertThat(invoke("calls")).isEqualTo("1");
    }

    @Test
    void killAllEndsRunningCallsAndTheNextCallStartsAnew() throws Exception {
        start(SETTINGS);
        var failed = new CompletableFuture<FunctionErrorException>();
        Thread.ofVirtual().start(() -> failed.complete(failure("hang")));
        awaitLine("hanging");
        function.killAll();

        assertThat(failed.get(20, TimeUnit.SECONDS).errorType()).isEqualTo(FunctionErrorException.EXIT);
        assertThat(invoke("calls")).isEqualTo("1");
    }

    @Test
    void aFailingInitFailsTheCall() throws Exception {
        start(SETTINGS.with(Map.of("FAIL_IN_INIT", "yes")));

        assertThat(failure("hello")).hasMessageContaining("told to fail in init");
        assertThat(failure("hello")).hasMessageContaining("told to fail in init");
    }

    @Test
    void callsAtTheSameTimeGetProcessesOfTheirOwn() throws Exception {
        start(SETTINGS.withConcurrency(2));
        Thread.ofVirtual().start(() -> failure("hang"));
        awaitLine("hanging");

        assertThat(invoke("calls")).isEqualTo("1");
        assertThat(function.processes()).isEqualTo(2);
    }
}
