package dev.weir.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InProcessFunctionTest {
    private static final FunctionSettings SETTINGS = FunctionSettings.of("echo", Echo.class.getName());

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void answersAndKeepsItsHandlerWarm() throws FunctionErrorException {
        try (var function = new InProcessFunction(SETTINGS, Echo::new, log::add)) {
            assertThat(function.invoke(bytes("\"hello\""))).asString().isEqualTo("\"hello\"");
            assertThat(function.invoke(bytes("\"calls\""))).asString().isEqualTo("2");
            assertThat(function.invoke(bytes("\"context\"")))
                    .asString()
                    .startsWith("\"echo arn:aws:lambda:us-east-1:000000000000:function:echo 512 true 36 ");
            function.invoke(bytes("\"log\""));
        }
        assertThat(log).containsExactly("a line of the function");
    }

    @Test
    void aThrownExceptionIsAFunctionErrorAndTheHandlerIsKept() throws FunctionErrorException {
        try (var function = new InProcessFunction(SETTINGS, Echo::new, log::add)) {
            var error = catchThrowableOfType(FunctionErrorException.class, () -> function.invoke(bytes("\"throw\"")));

            assertThat(error.errorType()).isEqualTo("java.lang.IllegalArgumentException");
            assertThat(error).hasMessageContaining("told to throw");
            assertThat(function.invoke(bytes("\"calls\""))).asString().isEqualTo("2");
        }
    }

    @Test
    void aCallOverItsTimeFailsAndMayGoOnAsAZombie() throws Exception {
        var wake = new CountDownLatch(1);
        var wokeUp = new CountDownLatch(1);
        var handlers = new AtomicInteger();
        try (var function = new InProcessFunction(
                SETTINGS.timingOutAfter(Duration.ofMillis(50)),
                () -> {
                    boolean first = handlers.incrementAndGet() == 1;
                    return (in, out, context) -> {
                        if (first) {
                            awaitQuietly(wake);
                            wokeUp.countDown();
                        }
                    };
                },
                log::add)) {
            var error = catchThrowableOfType(FunctionErrorException.class, () -> function.invoke(bytes("1")));

            assertThat(error.errorType()).isEqualTo(FunctionErrorException.TIMED_OUT);
            function.invoke(bytes("2"));
            assertThat(handlers).hasValue(2);
            wake.countDown();
            assertThat(wokeUp.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aHandlerServesOneCallAtATime() throws Exception {
        var both = new CountDownLatch(2);
        var handlers = new AtomicInteger();
        try (var function = new InProcessFunction(
                SETTINGS,
                () -> {
                    handlers.incrementAndGet();
                    return (in, out, context) -> {
                        both.countDown();
                        awaitQuietly(both);
                    };
                },
                log::add)) {
            Thread other = Thread.ofVirtual().start(() -> invokeQuietly(function));
            invokeQuietly(function);
            other.join();
            invokeQuietly(function);
        }
        assertThat(handlers).hasValue(2);
    }

    private static void invokeQuietly(FunctionInvoker function) {
        try {
            function.invoke(bytes("1"));
        } catch (FunctionErrorException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
