package dev.weir.infra;

import dev.weir.flow.Bus;
import dev.weir.functions.trigger.BotRows;
import dev.weir.port.Table;
import software.amazon.awscdk.Stack;

/**
 * What the resources of a bus are called in policies. Immutable; thread-safe.
 *
 * @param partition such as {@code aws}, or a token of the CDK
 * @param region or a token
 * @param account or a token
 */
public record Arns(String partition, String region, String account, Bus bus) {

    static Arns of(Stack stack, Bus bus) {
        return new Arns(stack.getPartition(), stack.getRegion(), stack.getAccount(), bus);
    }

    String table(Table table) {
        return regional("dynamodb", "table/" + table.name());
    }

    /** The streams of a table's changes: each time that one is turned on it has another name. */
    String changes(Table table) {
        return table(table) + "/stream/*";
    }

    /** @param logical name of a stream */
    String stream(String logical) {
        return regional("kinesis", "stream/" + bus.stream(logical));
    }

    String bucket() {
        return "arn:" + partition + ":s3:::" + bus.bucket();
    }

    /** Objects of the bus's bucket whose keys match a pattern. */
    String objects(String keys) {
        return bucket() + "/" + keys;
    }

    /** The alias by which a bot's function is invoked. */
    String function(String bot) {
        return regional("lambda", "function:" + BotRows.function(bus, bot));
    }

    private String regional(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
