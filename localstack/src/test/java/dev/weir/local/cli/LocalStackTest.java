package dev.weir.local.cli;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The ledger on LocalStack. */
class LocalStackTest extends OtherServersContract {
    private static LocalStack localStack;

    @BeforeAll
    static void start() {
        localStack = LocalStack.start(Map.of(), "kinesis", "dynamodb");
    }

    @AfterAll
    static void stop() {
        if (localStack != null) {
            localStack.close();
        }
    }

    @Override
    List<String> endpoints() {
        return List.of(localStack.endpoint().toString());
    }
}
