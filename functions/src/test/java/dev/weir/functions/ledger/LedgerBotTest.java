package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger as a user would test it: every fault there is, and a kill at every call. */
class LedgerBotTest {

    @RegisterExtension
    final BotTest<BigDecimal, String, String> bot =
            BotTest.of(Ledger.GRAPH).crashEverywhere().seeds(300);

    @Test
    void moneyMovesOnceAlsoBetweenLanes(TestBus<BigDecimal, String, String> bus) {
        String deposit = Transfers.line("sweep", "alice", "100.00");
        String payment = Transfers.line("alice", "bob", "25.32");
        String tooMuch = Transfers.line("alice", "carol", "99.99");
        bus.put(deposit);
        bus.results(); // the deposit has arrived, whichever lane alice is in
        bus.put(payment, tooMuch);

        assertThat(bus.results())
                .containsExactlyInAnyOrder(
                        Transfers.approved(deposit), Transfers.approved(payment), Transfers.denied(tooMuch));
        assertThat(bus.states())
                .containsEntry("sweep", new BigDecimal("-100.00"))
                .containsEntry("alice", new BigDecimal("74.68"))
                .containsEntry("bob", new BigDecimal("25.32"))
                .doesNotContainKey("carol");
    }

    @Test
    void theSameIdIsDecidedOnce(TestBus<BigDecimal, String, String> bus) {
        String transfer = Transfers.with(Transfers.line("sweep", "alice", "1.00"), "\"id\":\"x\"");
        bus.put(transfer, Transfers.line("sweep", "bob", "2.00"), transfer);

        assertThat(bus.results()).hasSize(2);
        assertThat(bus.state("alice")).isEqualByComparingTo("1.00");
    }
}
