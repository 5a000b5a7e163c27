package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.functions.WeirBots;
import dev.weir.infra.lint.Declared;
import dev.weir.infra.lint.Finding;
import dev.weir.infra.lint.Lint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the application tells those who deploy what is wrong. */
class WeirAppTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);

    @Test
    void aMistakeIsOneLineAndNoStackTrace() {
        int status = WeirApp.run(() -> BusConfig.of("shop").withLanes(0), err);

        assertThat(status).isEqualTo(2);
        assertThat(told()).isEqualTo("weir: lanes must be 1 to 4096: lanes=0" + System.lineSeparator());
    }

    @Test
    void whatIsNoMistakeOfWhoDeploysIsThrown() {
        assertThatThrownBy(() -> WeirApp.run(
                        () -> {
                            throw new UnsupportedOperationException("broken");
                        },
                        err))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(WeirApp.run(() -> {}, err)).isZero();
        assertThat(told()).isEmpty();
    }

    @Test
    void aWarningIsPrintedAndAnErrorIsRefused() {
        BusConfig wrong = Samples.PLAIN.withBot("ledger", BotConfig.DEFAULT.withRetries(3));
        List<Finding> findings = Lint.check(List.of(Samples.LEDGER), wrong);

        assertThatIllegalStateException()
                .isThrownBy(() -> WeirApp.look(findings, err))
                .withMessageContaining("error retries-end: bot=ledger");
        assertThat(told()).contains("warning queue-unread: bot=ledger").doesNotContain("error");
    }

    @Test
    void nothingIsSaidOfTheBotsThatComeWithWeir() {
        List<Bot> bots = Bot.all(new WeirBots().bots());

        assertThat(Lint.check(bots, BusConfig.of("weir"), OwnBots.examples())).isEmpty();
        assertThat(Lint.check(bots, BusConfig.of("weir").withLanes(8), OwnBots.examples()))
                .isEmpty();
    }

    @Test
    void whatIsSilencedIsSilencedForBotsThatAreThere() {
        assertThat(BotProvider.found()).extracting(Bot::name).contains("word-count");
        assertThat(OwnBots.declared()).isEqualTo(OwnBots.examples()).isNotEqualTo(Declared.DEFAULT);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatStartsAProgramIsLeftOutAndSaidSo() {
        List<Bot> bots = Bot.all(new WeirBots().bots());
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        List<Bot> left = WeirApp.thatRun(bots, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(left)
                .extracting(Bot::name)
                .containsExactlyElementsOf(
                        BotProvider.deployed().stream().map(Bot::name).toList());
        assertThat(left).hasSize(bots.size() - 1).noneMatch(bot -> bot.name().equals("python-bank"));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("bot=python-bank")
                .hasLineCount(1);
    }
}
