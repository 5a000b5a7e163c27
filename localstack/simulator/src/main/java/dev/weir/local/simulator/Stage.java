package dev.weir.local.simulator;

import dev.weir.memory.MemoryObjectStore;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.ObjectStore;
import dev.weir.port.Shard;
import dev.weir.port.Table;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a scenario can set up in its world besides the bot that reads the stream: functions that are started by name, the ways of a table's
 * changes to them, a bucket, and whatever is to happen from time to time. Used by the thread of the run.
 */
public final class Stage {
    private static final int REST_TICKS = 60;

    private final World world;
    private final SplittableRandom random;
    private final MemoryObjectStore bucket = new MemoryObjectStore();
    private final DirectItems items;
    private final Map<String, NamedFunction> functions = new LinkedHashMap<>();
    private final List<Runnable> ticks = new ArrayList<>();
    private final List<BooleanSupplier> rests = new ArrayList<>();

    Stage(World world, long seed) {
        this.world = world;
        this.random = new SplittableRandom(Hash.of(seed, 8, 8)); // not the world's, whose choices must not move
        this.items = new DirectItems(world.store);
    }

    /** Deploys a function: each copy is killed, frozen, restored and so on as those of the bot. */
    public void function(String name, StartedFunction.Factory factory) {
        functions.put(
                name,
                new NamedFunction(
                        name,
                        world,
                        factory,
                        (process, seen, streams, incarnations) -> new StartedFunction.Ports(
                                seen,
                                streams,
                                new SimulatedObjects(bucket, world.agenda, world.faults, process),
                                new SimulatedInvoker(this::start, world.faults, process),
                                process,
                                incarnations)));
    }

    private void start(String name, byte[] event) {
        named(name).start(event);
    }

    private NamedFunction named(String name) {
        NamedFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("no such function: name=" + name);
        }
        return function;
    }

    /** Invokes a function once, as a schedule does; tells whether it answered, or failed, or was not invoked at all. */
    public void invoke(String name, byte[] event, Consumer<Boolean> then) {
        named(name).invoke(event, result -> then.accept(result instanceof Lambda.Result.Answered));
    }

    /** Brings the changes of a table to a function, with the faults of such ways. */
    public void feed(Table table, String name) {
        TableChanges changes = new TableChanges(world.agenda, world.faults, named(name));
        onChange(table, changes::changed);
    }

    /** Tells of each item of a table that was written or, with nothing, removed: at once. */
    public void onChange(Table table, BiConsumer<Key, Optional<Item>> listener) {
        world.store.onChange(key -> {
            if (key.table().name().equals(table.name())) {
                listener.accept(key, world.store.items().get(key));
            }
        });
    }

    /** Removes an item that is over its time. */
    public void expire(Key key) {
        world.store.expire(key);
    }

    /** Plans what alone does not keep the world busy. */
    public void inBackground(long millis, Runnable action) {
        world.agenda.inBackground(millis, action);
    }

    /** Plans what has to happen before the world is at rest. */
    public void after(long millis, Runnable action) {
        world.agenda.after(millis, action);
    }

    /** At the end of a run, when nothing goes wrong any more: called once a minute until all are at rest. */
    public void atEnd(Runnable tick, BooleanSupplier isAtRest) {
        ticks.add(tick);
        rests.add(isAtRest);
    }

    /** Whether a fault strikes now. */
    public boolean strike(Fault fault) {
        return world.faults.strike(fault);
    }

    /** How much of a fault that just struck: from 0 to below the bound. */
    public long amount(Fault fault, long bound) {
        return world.faults.amount(fault, bound);
    }

    /** From 0 to below the bound; what is drawn depends on the seed alone. */
    public int random(int bound) {
        return random.nextInt(bound);
    }

    /** The store without faults; its changes are told as those of everybody. */
    public Items items() {
        return items;
    }

    /** The bucket without faults. */
    public ObjectStore bucket() {
        return bucket;
    }

    /** The shards of the bot's stream, closed ones too. */
    public List<Shard> shards() {
        return world.kinesis.shards();
    }

    public Time time() {
        return world.agenda;
    }

    void tick() {
        ticks.forEach(Runnable::run);
    }

    boolean isAtRest() {
        return rests.stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    /** How many more minutes a world may take to come to rest. */
    int restTicks() {
        return rests.isEmpty() ? 0 : REST_TICKS;
    }

    boolean isRunning() {
        return functions.values().stream().anyMatch(NamedFunction::isRunning);
    }

    void close() {
        functions.values().forEach(NamedFunction::close);
    }
}
