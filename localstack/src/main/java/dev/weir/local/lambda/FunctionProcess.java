package dev.weir.local.lambda;

import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.port.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** An execution environment that is a child JVM under the runtime interface client. */
final class FunctionProcess implements ExecutionEnvironment {
    /** Longest init of a function, class loading included. Lambda allows 10 s; a busy laptop needs more. */
    static final Duration INIT_MAX = Duration.ofSeconds(60);

    private final FunctionSettings settings;
    private final Time time;
    private final RuntimeApi api;
    private final Process process;
    private final AtomicBoolean healthy = new AtomicBoolean(true);

    FunctionProcess(FunctionSettings settings, Deployment deployment, Time time, Consumer<String> log) {
        this.settings = settings;
        this.time = time;
        this.api = new RuntimeApi();
        this.process = start(deployment);
        Thread.ofVirtual().name(settings.name() + "-log").start(() -> forward(log));
        var _ = process.onExit().thenAccept(this::exited);
    }

    private Process start(Deployment deployment) {
        var builder = new ProcessBuilder(deployment.command(settings.handler(), settings.memoryMegabytes()))
                .directory(deployment.taskRoot().toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        Map<String, String> inherited = new HashMap<>(environment);
        environment.clear();
        environment.putAll(variables(deployment, inherited));
        try {
            return builder.start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException("cannot start the process of a function: name=" + settings.name(), e);
        }
    }

    /** What Lambda sets, then what the function was configured with. Of ours it sees only where programs and temporary files are. */
    private Map<String, String> variables(Deployment deployment, Map<String, String> inherited) {
        var variables = new HashMap<String, String>();
        inherited.forEach((name, value) -> {
            if (name.equals("PATH") || name.equals("TMPDIR") || name.equals("HOME")) {
                variables.put(name, value);
            }
        });
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", "UTC");
        variables.put("AWS_REGION", settings.region());
        variables.put("AWS_DEFAULT_REGION", settings.region());
        variables.put("AWS_ACCESS_KEY_ID", "local");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        variables.put("LAMBDA_TASK_ROOT", deployment.taskRoot().toAbsolutePath().toString());
        variables.put("_HANDLER", settings.handler());
        variables.putAll(settings.environment());
        variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
        return variables;
    }

    @Override
    public byte[] invoke(byte[] event) throws FunctionErrorException {
        String requestId = UUID.randomUUID().toString();
        awaitInit(requestId);
        var answer = new CompletableFuture<byte[]>();
        long deadline = time.epochMillis() + settings.timeout().toMillis();
        api.submit(new RuntimeApi.Invocation(requestId, event, deadline, settings.arn(), answer));
        if (!process.isAlive()) {
            exited(process);
        }
        return await(answer, settings.timeout(), requestId);
    }

    /** An environment whose init failed is of no further use. */
    private void awaitInit(String requestId) throws FunctionErrorException {
        try {
            await(api.ready(), INIT_MAX, requestId);
        } catch (FunctionErrorException e) {
            close();
            throw e;
        }
    }

    private <T> T await(CompletableFuture<T> future, Duration atMost, String requestId) throws FunctionErrorException {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FunctionErrorException error) {
                throw error;
            }
            throw new IllegalStateException("the runtime API failed: requestId=" + requestId, e);
        } catch (TimeoutException e) {
            close();
            throw settings.timedOut(requestId);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new FunctionErrorException(
                    FunctionErrorException.EXIT, "RequestId: " + requestId + " Error: the caller was interrupted");
        }
    }

    private void exited(Process gone) {
        healthy.set(false);
        api.fail(new FunctionErrorException(
                FunctionErrorException.EXIT,
                "Runtime exited: function=" + settings.name() + " pid=" + gone.pid() + " status=" + gone.exitValue()));
    }

    private void forward(Consumer<String> log) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
            }
        } catch (IOException e) {
            // the process is gone, and its output with it
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public boolean reusable() {
        return healthy.get() && process.isAlive();
    }

    /** Kills the process (SIGKILL): as Lambda does at a time-out, nothing in it gets to clean up. */
    @Override
    public void close() {
        healthy.set(false);
        process.destroyForcibly();
        var _ = process.onExit().thenRun(api::close);
    }
}
