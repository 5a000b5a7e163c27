package dev.weir.infra.cost;

import dev.weir.bot.Bot;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Estimate.Idle;
import dev.weir.infra.cost.Estimate.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reckons what bots will cost: runs them on a bus in memory, with sample events, and counts what AWS would bill for what they really write
 * and read. Bots on queues get what the bots before them wrote. Pure; one thread at a time.
 *
 * <p>Not counted but assumed is time: see {@link Pace}. What is not in the estimate is said in its notes.
 */
public final class Estimator {

    /** Shards of a stream on demand, as it begins. Source: Kinesis, "Choosing the data stream capacity mode". */
    private static final int SHARDS_ON_DEMAND = 4;

    private final Prices prices;
    private final BusConfig config;
    private final Map<String, Sample> samples;
    private final Pace pace;

    /** @param samples events of bots, by name; those that come with Weir have some */
    public Estimator(Prices prices, BusConfig config, Map<String, Sample> samples) {
        this(prices, config, samples, Pace.DEFAULT);
    }

    /** The same with another idea of how long things take. */
    public Estimator(Prices prices, BusConfig config, Map<String, Sample> samples, Pace pace) {
        this.prices = prices;
        this.config = config;
        this.samples = Map.copyOf(samples);
        this.pace = pace;
    }

    /**
     * What these bots cost.
     *
     * @throws IllegalStateException if a bot cannot do its sample; the message says which
     */
    public Estimate estimate(List<Bot> bots, Load load) {
        TrialGroups trials = new TrialGroups(bots, samples);
        Bill bill = new Bill(prices, config, shards());
        IdleBill idleBill = new IdleBill(bill, pace);
        List<Owner> owners = new ArrayList<>();
        Map<String, Idle> idle = new LinkedHashMap<>();
        List<TrialGroups.Group> groups = new ArrayList<>(trials.groups());
        groups.add(TrialGroups.Group.NONE); // what every bus has, whatever bots it runs
        for (TrialGroups.Group group : groups) {
            Trial trial = new Trial(group, config, shards(), load, samples, pace);
            owners.addAll(bill.owners(trial.run(), load.eventsPerSecond()));
            idleBill.of(trial).forEach(each -> idle.putIfAbsent(each.owner() + "/" + each.resource(), each));
        }
        List<Idle> all = new ArrayList<>(idle.values());
        trials.sources().forEach(source -> all.addAll(idleBill.source(source)));
        all.addAll(idleBill.ofBus());
        return new Estimate(prices, load, config.lanes(), shards(), owners, all, trials.notes());
    }

    /** The same of one bot, with those before it whose results it reads. */
    public Estimate estimate(List<Bot> bots, String only, Load load) {
        Estimate whole = estimate(TrialGroups.upTo(bots, only), load);
        Set<String> streams = TrialGroups.upTo(bots, only).stream()
                .filter(bot -> bot.name().equals(only))
                .flatMap(bot -> bot instanceof Bot.Reader reader
                        ? Stream.of("stream " + reader.graph().source().stream())
                        : Stream.empty())
                .collect(Collectors.toSet());
        return new Estimate(
                whole.prices(),
                load,
                whole.lanes(),
                whole.shards(),
                whole.owners().stream()
                        .filter(owner -> owner.bot().equals(only) || streams.contains(owner.bot()))
                        .toList(),
                whole.idle().stream()
                        .filter(each -> each.owner().equals(only) || streams.contains(each.owner()))
                        .toList(),
                whole.notes());
    }

    private int shards() {
        return config.streams() instanceof BusConfig.Streams.Provisioned(int shards) ? shards : SHARDS_ON_DEMAND;
    }
}
