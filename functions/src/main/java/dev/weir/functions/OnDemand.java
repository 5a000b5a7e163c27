package dev.weir.functions;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for, once: a client that not every function uses costs time at its start. Thread-safe. */
final class OnDemand<T> implements Supplier<T> {
    private final Supplier<T> make;
    private @Nullable T made;

    OnDemand(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public synchronized T get() {
        T known = made;
        if (known == null) {
            known = make.get();
            made = known;
        }
        return known;
    }
}
