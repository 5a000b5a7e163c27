package dev.weir.bench.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Lets results through, and asks for a commit behind the last one, so that nobody waits for the interval. One thread processes. */
final class Results {
    private final long expected;
    private final CountDownLatch last = new CountDownLatch(1);
    private long seen;

    Results(long expected) {
        this.expected = expected;
    }

    FixedKeyProcessor<Object, byte[], byte[]> processor() {
        return new ContextualFixedKeyProcessor<>() {
            @Override
            public void process(FixedKeyRecord<Object, byte[]> result) {
                context().forward(result);
                if (++seen == expected) {
                    context().commit();
                    last.countDown();
                }
            }
        };
    }

    void awaitLast(Duration patience) throws InterruptedException {
        if (!last.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("results are missing: seen=" + seen + " expected=" + expected);
        }
    }
}
