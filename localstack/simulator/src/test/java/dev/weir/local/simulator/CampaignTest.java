package dev.weir.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class CampaignTest {
    private final Set<Long> played = new ConcurrentSkipListSet<>();

    private Report run(long seed, long failing) {
        played.add(seed);
        Optional<Throwable> violation = seed == failing ? Optional.of(new AssertionError("wrong")) : Optional.empty();
        return new Report(violation, List.of(new Strike(Fault.FROZEN, 0)));
    }

    @Test
    void everySeedIsPlayedOnce() throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(seed, -1), 5);

        assertThat(campaign.play(100, 3, () -> true)).isEmpty();

        assertThat(played).hasSize(100).contains(5L, 104L);
        assertThat(campaign.done()).isEqualTo(100);
        assertThat(campaign.struck()).containsEntry(Fault.FROZEN, 100L);
    }

    @Test
    void theFirstFailureEndsIt() throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(seed, 7), 1);

        Optional<Campaign.Failure> failure = campaign.play(1_000_000, 2, () -> true);

        assertThat(failure).map(Campaign.Failure::seed).contains(7L);
        assertThat(played).hasSizeLessThan(100_000);
    }

    @Test
    void itGoesOnOnlyWhileItShall() throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(seed, -1), 1);

        assertThat(campaign.struck()).as("before anything was played").isEmpty();
        assertThat(campaign.play(1_000_000, 1, () -> played.size() < 10)).isEmpty();

        assertThat(campaign.done()).isEqualTo(10);
    }
}
