package dev.weir.functions.trigger;

import dev.weir.aws.Clients;
import dev.weir.cron.Cron;
import dev.weir.cron.Waker;
import dev.weir.flow.Bus;
import dev.weir.functions.Wiring;
import dev.weir.functions.metrics.Metrics;
import dev.weir.port.Invoker;
import dev.weir.port.Time;
import java.util.Map;

/** What the functions of this package run on. Thread-safe. */
public record TriggerWiring(Waker waker, Cron cron, Time time, Metrics metrics) {

    /** AWS, or what the environment names instead. */
    public static TriggerWiring fromEnvironment() {
        Map<String, String> environment = System.getenv();
        return from(Wiring.from(environment), environment);
    }

    /** On given ports, with an invoker from given variables. */
    static TriggerWiring from(Wiring wiring, Map<String, String> environment) {
        String region = environment.getOrDefault("AWS_REGION", "us-east-1");
        return of(wiring, new Clients(region, null, environment).lambda());
    }

    /** On given ports. */
    public static TriggerWiring of(Wiring wiring, Invoker invoker) {
        Bus bus = wiring.bus();
        return new TriggerWiring(
                new Waker(bus.cron(), bus.heads(), wiring.items(), bus.lanes().count(), wiring.time()),
                new Cron(bus.cron(), wiring.items(), invoker, wiring.time()),
                wiring.time(),
                wiring.metrics());
    }
}
