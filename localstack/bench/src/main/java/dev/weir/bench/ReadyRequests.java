package dev.weir.bench;

import dev.weir.aws.TransactionRequests;
import dev.weir.port.Items;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.List;

/** Makes the request that DynamoDB would get, and then commits to other items. Not thread-safe. */
final class ReadyRequests extends ItemsWrapper {
    private long writes;

    ReadyRequests(Items items) {
        super(items);
    }

    @Override
    public WriteOutcome transact(List<Write> transaction) {
        writes += TransactionRequests.of(transaction).transactItems().size();
        if (writes < 0) {
            throw new IllegalStateException("more writes than can be counted: writes=" + writes);
        }
        return super.transact(transaction);
    }
}
