package dev.weir.local.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Events of a run: of many keys, few of which get poison, for a bot that throws for many is paused. */
final class PoisonTraffic {
    private static final int KEYS = 20;
    private static final int POISONED_KEYS_MAX = 3;
    private static final int POISON_ONE_OF = 8;
    private static final int NUMBERED_ONE_OF = 4;

    private final RandomGenerator random;
    private final List<PoisonEvent> events = new ArrayList<>();
    private final List<String> poisoned = new ArrayList<>();
    private final Set<String> numbered = new HashSet<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> lastIds = new HashMap<>();

    PoisonTraffic(RandomGenerator random, int count) {
        this.random = random;
        for (int i = 0; i < POISONED_KEYS_MAX; i++) {
            poisoned.add(anyKey());
        }
        for (int i = 0; i < KEYS; i++) {
            if (random.nextInt(NUMBERED_ONE_OF) == 0) {
                numbered.add("k" + i);
            }
        }
        while (events.size() < count) {
            String key = random.nextInt(3) == 0 ? poisoned.get(random.nextInt(POISONED_KEYS_MAX)) : anyKey();
            if (numbered.contains(key)) {
                addNumbered(key);
            } else {
                add(key, OptionalLong.empty());
            }
        }
    }

    /** In the order in which they are given to producers. */
    List<PoisonEvent> events() {
        return events;
    }

    private String anyKey() {
        return "k" + random.nextInt(KEYS);
    }

    /** One, or two of which the second is sent first. */
    private void addNumbered(String key) {
        long next = sequences.getOrDefault(key, 1L);
        boolean swaps = random.nextInt(4) == 0;
        if (swaps) {
            add(key, OptionalLong.of(next + 1));
        }
        add(key, OptionalLong.of(next));
        sequences.put(key, swaps ? next + 2 : next + 1);
    }

    private void add(String key, OptionalLong sequence) {
        String to = random.nextInt(8) == 0 ? PoisonBot.SPREAD : anyKey();
        boolean isPoison = poisoned.contains(key) && random.nextInt(POISON_ONE_OF) == 0;
        events.add(new PoisonEvent(key, events.size(), to, id(key), sequence, isPoison));
    }

    /** None, a new one, or that of an earlier event of the key. */
    private Optional<String> id(String key) {
        return switch (random.nextInt(8)) {
            case 0 -> {
                lastIds.put(key, "i" + events.size());
                yield Optional.of(lastIds.get(key));
            }
            case 1 -> Optional.ofNullable(lastIds.get(key));
            default -> Optional.empty();
        };
    }
}
