package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer three: an id in the payload, remembered for an hour. */
class BusinessIdTest {
    private final World<?, ?, ?> world = World.ledger(1);
    private int producers;

    private static String transfer(String source, String id) {
        return Transfers.with(Transfers.line(source, "b", "1.00"), "\"id\":" + id);
    }

    private void send(String... lines) {
        Numbered producer = new Numbered("p" + producers++, 1);
        List.of(lines).forEach(producer::add);
        world.put(producer.records(1));
        world.deliver();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 59})
    void theSameIdWithinTheHorizonIsNotDecidedAgainAlsoAfterAColdStart(int minutes) {
        String transfer = transfer("sweep", "\"x\"");
        send(transfer, transfer);
        world.time.advance(Duration.ofMinutes(minutes));
        send(transfer);

        assertThat(world.results()).containsExactly(Transfers.approved(transfer));
        assertThat(world.state().get("b")).hasToString("1.00");
        assertThat(world.counted(Count.SAME_BUSINESS_ID)).isEqualTo(2);
    }

    @Test
    void whatWasDeniedStaysDeniedThoughTheFundsHaveCome() {
        String transfer = transfer("a", "\"x\"");
        send(transfer, Transfers.line("sweep", "a", "5.00"), transfer);
        send(transfer);

        assertThat(world.results())
                .containsExactly(Transfers.denied(transfer), Transfers.approved(Transfers.line("sweep", "a", "5.00")));
    }

    @Test
    void afterTheHorizonTheIdIsANewOne() {
        String transfer = transfer("sweep", "\"x\"");
        send(transfer);
        world.time.advance(Duration.ofMinutes(61));
        send(transfer);

        assertThat(world.results()).hasSize(2);
        assertThat(world.counted(Count.SAME_BUSINESS_ID)).isZero();
    }

    @Test
    void aWarmFunctionForgetsAfterTheHorizonToo() {
        String transfer = transfer("sweep", "\"x\"");
        Numbered producer = new Numbered("p", 1).add(transfer).add(transfer);
        var delivery = new Delivery<>(world);
        world.put(producer.chunk(0, 1, 1));
        delivery.drain();
        world.time.advance(Duration.ofMinutes(61));
        world.put(producer.chunk(0, 2, 2));
        delivery.drain();

        assertThat(world.results()).hasSize(2);
    }

    @Test
    void theSameIdOfAnotherSourceIsAnotherId() {
        send(transfer("sweep", "\"x\""), transfer("b", "\"x\""), transfer("c", "\"x\""));

        assertThat(world.results()).hasSize(3);
    }

    @Test
    void anIdThatIsANumberIsTakenByItsTextAndNullIsNone() {
        send(transfer("sweep", "7"), transfer("sweep", "\"7\""), transfer("sweep", "null"), transfer("sweep", "null"));

        assertThat(world.results()).hasSize(3);
    }

    @Test
    void anIdIsRememberedWithinOneRecordToo() {
        Numbered producer = new Numbered("p", 1);
        for (int i = 0; i < 10; i++) {
            producer.add(transfer("sweep", "\"x\""));
        }
        world.put(producer.records(10));
        world.deliver();

        assertThat(world.results()).hasSize(1);
    }
}
