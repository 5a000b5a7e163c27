package dev.weir.functions.ledger;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;

/**
 * A transfer and its outcome.
 *
 * @param transfer as it came
 * @param approved whether money moved
 */
public record Decided(Transfer transfer, boolean approved) {
    private static final byte[] APPROVE = ",\"outcome\":\"approve\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DENY = ",\"outcome\":\"deny\"}".getBytes(StandardCharsets.US_ASCII);

    /** The transfer's own text with the outcome as its last field. */
    public Json json() {
        byte[] outcome = approved ? APPROVE : DENY;
        Json text = transfer.text();
        int kept = text.length() - 1;
        byte[] decided = new byte[kept + outcome.length];
        System.arraycopy(text.array(), text.from(), decided, 0, kept);
        System.arraycopy(outcome, 0, decided, kept, outcome.length);
        return Json.of(decided);
    }
}
