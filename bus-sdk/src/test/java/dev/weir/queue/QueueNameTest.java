package dev.weir.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueNameTest {

    @ParameterizedTest
    @CsvSource({
        "orders,            orders,            queue:orders",
        "queue:orders,      orders,            queue:orders",
        "QUEUE:orders,      orders,            queue:orders",
        "s_orders,          orders,            queue:orders",
        "e_b_orders,        b_orders,          queue:b_orders",
        "queue:s_orders,    s_orders,          queue:s_orders",
        "system:shop,       system.shop,       system:shop",
        "system:system.shop, system.shop,      system:system.shop",
        "BOT:ledger,        bot.ledger,        bot:ledger",
        "x bot:ledger,      bot.ledger,        bot:ledger",
        "queue:a:b,         a:b,               queue:a:b",
        "transfers.decided.3, transfers.decided.3, queue:transfers.decided.3",
    })
    void aReferenceIsReadAsRStreamsReadsIt(String reference, String key, String refId) {
        QueueName name = QueueName.parse(reference);

        assertThat(name.key()).isEqualTo(key);
        assertThat(name.refId()).isEqualTo(refId);
    }

    @Test
    void aKeyIsTakenAsItIs() {
        assertThat(QueueName.of("s_orders").key()).isEqualTo("s_orders");
        assertThat(QueueName.parse("bot:ledger").sub("3").key()).isEqualTo("bot.ledger.3");
    }

    @Test
    void noNameIsRefused() {
        assertThatThrownBy(() -> QueueName.parse("queue:")).isInstanceOf(IllegalArgumentException.class);
    }
}
