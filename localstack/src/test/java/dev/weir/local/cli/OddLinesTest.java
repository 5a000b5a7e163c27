package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.LocalBus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/ledger.md says becomes of each odd line. */
@Timeout(120)
class OddLinesTest {
    private static final String NINES = "9".repeat(38);

    private static LocalBus bus;

    @BeforeAll
    static void start() {
        bus = LocalBus.start(BusOptions.defaults());
    }

    @AfterAll
    static void stop() {
        bus.close();
    }

    private record Case(String line, String expected) {}

    private static Case decided(String line, String outcome) {
        return new Case(line, line.substring(0, line.length() - 1) + ",\"outcome\":\"" + outcome + "\"}");
    }

    private static Case approved(String line) {
        return decided(line, "approve");
    }

    private static Case denied(String line) {
        return decided(line, "deny");
    }

    /** No outcome, and not parked either. */
    private static Case dropped(String line) {
        return new Case(line, "");
    }

    private static Case parked(String line, String reason) {
        return new Case(line, reason);
    }

    private static String transfer(String source, String target, String amountAndMore) {
        return "{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amountAndMore + "}";
    }

    private static final List<Case> DECIDED = List.of(
            approved(transfer("sweep", "a", "10.50")),
            approved(transfer("a", "b", "10.50")),
            denied(transfer("a", "b", "0.01")),
            denied(transfer("never seen", "b", "1")),
            approved(transfer("sweep", "sweep", "1")),
            approved(transfer("b", "b", "10.5")),
            denied(transfer("b", "b", "10.51")),
            approved(transfer("sweep", "a", "1,\"outcome\":\"deny\",\"unknown\":[{}]")),
            approved("{ \"amount\" : 1e0 , \"target\":\"a\",\"source\":\"sweep\"}"),
            approved(transfer("sweep", "口座 \\u00e4\\n\\\"", "1")),
            approved(transfer("口座 ä\\n\\\"", "b", "1")),
            approved(transfer("sweep", "a", "0.0000000000000000000000000000000001")),
            approved(transfer("sweep", "a", "1,\"id\":null,\"sequence\":null")),
            approved(transfer("sweep", "i", "5,\"id\":\"x\"")),
            dropped(transfer("sweep", "i", "5,\"id\":\"x\"")),
            denied(transfer("i", "b", "6,\"id\":7")),
            approved(transfer("sweep", "i", "5")),
            dropped(transfer("i", "b", "6,\"id\":7")),
            approved(transfer("sweep", "q", "9")),
            approved(transfer("q", "b", "1,\"sequence\":1")),
            dropped(transfer("q", "b", "1,\"sequence\":1")),
            approved(transfer("q", "b", "2,\"sequence\":2")));

    private static final List<Case> MALFORMED = List.of(
            parked("not json", "a transfer must be a JSON object"),
            parked("[]", "a transfer must be a JSON object"),
            parked("{\"source\":\"a\"", "not JSON"),
            parked(transfer("a", "b", "1") + "x", "not JSON: "),
            parked(transfer("", "b", "1"), "field must not be empty: field=source"),
            parked(transfer("a", "", "1"), "field must not be empty: field=target"),
            parked("{\"target\":\"b\",\"amount\":1}", "field is missing: field=source"),
            parked("{\"source\":\"b\",\"amount\":1}", "field is missing: field=target"),
            parked("{\"source\":\"a\",\"target\":\"b\"}", "field is missing: field=amount"));

    private static final List<Case> MEANINGLESS = List.of(
            parked(
                    "{\"source\":\"a\",\"source\":\"a\",\"target\":\"b\",\"amount\":1}",
                    "field appears twice: field=source"),
            parked("{\"source\":1,\"target\":\"b\",\"amount\":1}", "field must be a string: field=source"),
            parked(transfer("a", "b", "\"1\""), "field must be a number: field=amount"),
            parked(transfer("a", "b", "0"), "amount must be above zero: amount=0"),
            parked(transfer("a", "b", "-0.01"), "amount must be above zero: amount=-0.01"),
            parked(transfer("a", "b", NINES + "9"), "amount must have at most 38 digits"),
            parked(transfer("a", "b", "1,\"id\":\"\""), "field must not be empty: field=id"),
            parked(transfer("a", "b", "1,\"id\":true"), "field must be a string: field=id"),
            parked(transfer("a", "b", "1,\"sequence\":0"), "sequence must be a whole number from 1"),
            parked(transfer("a", "b", "1,\"sequence\":1.5"), "sequence must be a whole number from 1"));

    /** A run on the bus that all tests share; their accounts must not meet. */
    private static Weir.Ran run(Case... cases) throws IOException {
        return run(List.of(cases));
    }

    private static Weir.Ran run(List<Case> cases) throws IOException {
        String input = String.join("\n", cases.stream().map(Case::line).toList()) + "\n";
        return Weir.run(bus, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> outcomes(List<Case> cases) {
        return cases.stream()
                .map(Case::expected)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void everyRowOfTheRuleIsDecidedAsTold() throws IOException {
        Weir.Ran ran = run(DECIDED);

        assertThat(ran.out()).isEqualTo(outcomes(DECIDED));
        assertThat(ran.err()).hasSize(2);
        assertThat(ran.err().getFirst()).endsWith(" 0 parked");
        assertThat(ran.err().getLast())
                .isEqualTo("weir: dropped as repeated: 3 by id or sequence, 0 by delivery; gaps passed: 0");
    }

    @Test
    void everyRowOfTheParkedIsToldWithItsLineAndReason() throws IOException {
        for (List<Case> cases : List.of(MALFORMED, MEANINGLESS)) {
            Weir.Ran ran = run(cases);

            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).hasSize(cases.size() + 2);
            assertThat(ran.err().getFirst()).endsWith(": 0 approved, 0 denied, " + cases.size() + " parked");
            assertThat(ran.err().get(1))
                    .isEqualTo("weir: parked lines took no effect and are kept with payload and reason:");
            for (int i = 0; i < cases.size(); i++) {
                assertThat(ran.err().get(i + 2))
                        .startsWith("  line " + (i + 1) + ": " + cases.get(i).expected())
                        .endsWith(" | " + cases.get(i).line());
            }
        }
    }

    @Test
    void whatIsOutOfSequenceIsPutInOrder() throws IOException {
        Case deposit = approved(transfer("sweep", "late", "1"));
        Case first = approved(transfer("late", "there", "1,\"sequence\":1"));
        Case second = denied(transfer("late", "there", "1,\"sequence\":2"));

        assertThat(run(deposit, second, first).out()).isEqualTo(outcomes(List.of(deposit, first, second)));
    }

    @Test
    void moreThanTenAreCountedAndTenAreTold() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cases.add(parked("bad\u001b[31m" + i, ""));
        }

        Weir.Ran ran = run(cases);

        assertThat(ran.err()).hasSize(13);
        assertThat(ran.err().get(2)).startsWith("  line 1: ").endsWith(" | bad?[31m0");
        assertThat(ran.err().get(11)).startsWith("  line 10: ");
        assertThat(ran.err().getLast()).isEqualTo("  ... and 50 more");
    }

    @Test
    void laterTransfersWaitBehindOneWhoseDecisionFails() {
        String deposit = transfer("sweep", "big", NINES);
        String failing = transfer("big", "b", "0.1");
        String behind = transfer("big", "b", "1");
        String other = transfer("b", "big", "1");

        Weir.Ran ran =
                Weir.run(String.join("\n", deposit, failing, behind, other).getBytes(StandardCharsets.UTF_8), "ledger");

        assertThat(ran.exitCode()).isEqualTo(Main.PARKED);
        assertThat(ran.out())
                .containsExactly(approved(deposit).expected(), denied(other).expected());
        assertThat(ran.err().get(2)).startsWith("  lane 0, event 2: ").contains("balance has more than 38 digits");
        assertThat(ran.err().get(3))
                .startsWith("  lane 0, event 3: an earlier event of its key is parked: key=big | " + behind);
        assertThat(ran.err()).hasSize(4);
    }

    @Test
    void linesOfAnySizeAndAnyBytesHaveADefinedOutcome() {
        String fits = padded(380 * 1024);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (String line : List.of("", "   ", fits, padded(500_000), padded(2_000_000))) {
            input.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        input.writeBytes("{\"source\":\"a".getBytes(StandardCharsets.UTF_8));
        input.write(0xFF);
        input.writeBytes("\",\"target\":\"b\",\"amount\":1}\n\n".getBytes(StandardCharsets.UTF_8));
        input.writeBytes(transfer("a", "b", "1").getBytes(StandardCharsets.UTF_8)); // no newline at the end

        Weir.Ran ran = Weir.run(input.toByteArray(), "ledger");

        assertThat(ran.exitCode()).isEqualTo(Main.PARKED);
        assertThat(ran.out()).isEqualTo(outcomes(List.of(approved(fits), approved(transfer("a", "b", "1")))));
        assertThat(ran.err()).hasSize(5);
        assertThat(ran.err().getFirst()).startsWith("weir: 5 lines in ").endsWith(": 2 approved, 0 denied, 3 parked");
        assertThat(ran.err().get(2))
                .matches(
                        "  line 4: event is too large .*500000.*\\(by reference: shardId-000000000000 [0-9]+ [0-9]+\\)");
        assertThat(ran.err().get(3))
                .isEqualTo("  line 5: too large to be sent, and not kept: bytes=2000000 max=921600");
        assertThat(ran.err().get(4)).startsWith("  line 6: not JSON: unexpected 0xFF: byte=12 of=39");
    }

    private static String padded(int bytes) {
        String bare = transfer("sweep", "a", "1,\"x\":\"\"");
        return bare.substring(0, bare.length() - 2) + "x".repeat(bytes - bare.length()) + "\"}";
    }

    @Test
    void noInputIsNoOutput() {
        Weir.Ran ran = Weir.run(new byte[0], "ledger");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).singleElement().asString().startsWith("weir: 0 lines in ");
    }
}
