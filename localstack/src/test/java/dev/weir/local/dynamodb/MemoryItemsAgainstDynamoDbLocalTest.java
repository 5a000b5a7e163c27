package dev.weir.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.local.kinesis.Programs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The items in memory, on which the simulator runs, against DynamoDB Local, call by call, on random programs. {@code -Dweir.programs=N}
 * and {@code -Dweir.seed=S} run others, or more.
 */
@ExtendWith(DynamoDbLocalExtension.class)
@Timeout(3600)
class MemoryItemsAgainstDynamoDbLocalTest {
    private static final int PROGRAMS = 20;
    private static final long SEED = 1;

    @Test
    void bothAnswerAlike(DynamoDbClient client) {
        new Tables(client, new SystemTime()).ensure(List.of(ItemPrograms.LOG, ItemPrograms.ROWS));
        ItemComparison comparison = new ItemComparison(client);
        try {
            int programs = new Programs<>(ItemPrograms::draw, comparison::compare).run(PROGRAMS, SEED);

            System.out.println("programs=" + programs + " " + comparison.tally());
            if (programs >= PROGRAMS) {
                assertThat(comparison.tally())
                        .as("programs in which too little happens compare nothing")
                        .containsKeys(
                                "WriteOne Written",
                                "WriteOne a condition failed",
                                "WriteOne IllegalArgumentException",
                                "WriteOne Edits Written",
                                "WriteOne Edits a condition failed",
                                "WriteOne Edits IllegalArgumentException",
                                "Transact Written",
                                "Transact a condition failed",
                                "Transact some conditions failed",
                                "Transact IllegalArgumentException",
                                "Query some",
                                "GetAll some",
                                "DeleteAll deleted");
            }
        } finally {
            comparison.clear();
        }
    }
}
