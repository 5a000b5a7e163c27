package dev.weir.pipeline;

import dev.weir.flow.Bus;
import dev.weir.local.simulator.BotFunction;
import dev.weir.port.Items;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.BatchAnswer;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A bot that is deployed anew while the world goes on: each invocation that begins is one of the newest version, and one that stands still
 * goes on as the version that it is. An exception of a version fails the invocation, as on Lambda. Used by one thread at a time.
 */
final class Deployments implements BotFunction.Factory {
    private final Bus bus;
    private final List<String> refusals = new ArrayList<>();
    private Pipeline newest;

    Deployments(Bus bus, Pipeline first) {
        this.bus = bus;
        this.newest = first;
    }

    void deploy(Pipeline next) {
        newest = next;
    }

    /** What exceptions of invocations said. */
    List<String> refusals() {
        return refusals;
    }

    @Override
    public BotFunction start(Items items, Streams streams, Time time, Supplier<String> incarnations) {
        return new BotFunction() {
            private Pipeline own = newest;
            private BotFunction function = function();

            private BotFunction function() {
                return BotFunction.of(own::graph, bus).start(items, streams, time, incarnations);
            }

            private BotFunction current() {
                if (own != newest) {
                    own = newest;
                    function = function();
                }
                return function;
            }

            @Override
            public byte[] invoke(byte[] event, long deadlineMillis) {
                byte[][] answer = {allFailed(event)};
                succeeds(() -> {
                    answer[0] = current().invoke(event, deadlineMillis);
                    return true;
                });
                return answer[0];
            }

            @Override
            public boolean tick(long deadlineMillis) {
                return succeeds(() -> current().tick(deadlineMillis));
            }
        };
    }

    private boolean succeeds(BooleanSupplier call) {
        try {
            return call.getAsBoolean();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            refusals.add(String.valueOf(e.getCause().getMessage()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            refusals.add(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private static byte[] allFailed(byte[] event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        BatchAnswer.from(LambdaEvent.read(new ByteArrayInputStream(event))
                        .getFirst()
                        .sequenceNumber())
                .writeTo(answer);
        return answer.toByteArray();
    }
}
