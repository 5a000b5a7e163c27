package dev.weir.local.up;

import dev.weir.aws.DynamoDbChanges;
import dev.weir.bot.Ports;
import dev.weir.functions.Wiring;
import dev.weir.port.TableChanges;
import dev.weir.program.ProcessPrograms;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What the copies of functions run on. Each has its own programs, as on Lambda: a copy that was overtaken goes on for a while, and must not
 * talk to the processes of the one that has overtaken it. Closed after the functions, it ends the processes of all. Thread-safe.
 */
final class Copies implements AutoCloseable {
    private final Connection connection;
    private final TableChanges changes;
    private final Consumer<String> log;
    private final Set<ProcessPrograms> programs = ConcurrentHashMap.newKeySet();

    /** @param log takes what programs write to their standard error */
    Copies(Connection connection, Consumer<String> log) {
        this.connection = connection;
        this.changes = new DynamoDbChanges(
                connection.dynamoDb(),
                connection.dynamoDbStreams(),
                connection.wiring().time());
        this.log = log;
    }

    /** For one more copy of a function. */
    Wiring next() {
        Wiring wiring = connection.wiring();
        ProcessPrograms own = Wiring.programs(wiring.bus(), wiring.items(), connection.objects(), wiring.time(), log);
        programs.add(own);
        return Wiring.of(new Ports(
                wiring.bus(), wiring.items(), wiring.streams(), connection.objects(), changes, own, wiring.time()));
    }

    @Override
    public void close() {
        programs.forEach(ProcessPrograms::close);
    }
}
