package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

/** The tables and the keys of the contract suites for {@link Items}. A subclass supplies the adapter under test. */
public abstract class ItemsFixture {

    /** A table with a sort attribute. */
    public static final Table LOG = new Table("contract-log", "pk", "sk");

    /** A table without; the names of its attributes are reserved words of DynamoDB. */
    public static final Table ROWS = new Table("contract-rows", "key", null);

    /** A table that only the scan looks through. */
    public static final Table SCANNED = new Table("contract-scanned", "pk", "sk");

    /** What must exist before a suite starts. */
    public static final List<Table> TABLES = List.of(LOG, ROWS, SCANNED);

    /** JUnit makes an instance for each test: no test sees what another wrote. */
    protected final String own = "test-" + UUID.randomUUID();

    /** The adapter under test; the same for the whole test. */
    protected abstract Items items();

    protected final Key key(String sort) {
        return new Key(LOG, own, sort);
    }

    protected final Key row(String id) {
        return new Key(ROWS, own + "-" + id, null);
    }

    protected final WriteOutcome put(Item item) {
        WriteOutcome outcome = items().write(new Write.Put(item, Condition.ALWAYS));
        assertWritten(outcome);
        return outcome;
    }

    protected static void assertWritten(WriteOutcome outcome) {
        assertThat(outcome).isEqualTo(WriteOutcome.WRITTEN);
    }
}
