package dev.weir.local.simulator;

import dev.weir.port.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Lets one thread at a time into a store. */
final class OneByOne {
    private OneByOne() {}

    static ObjectStore of(ObjectStore store) {
        return (ObjectStore) Proxy.newProxyInstance(
                OneByOne.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (_, method, arguments) -> {
                    synchronized (store) {
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }
                });
    }
}
