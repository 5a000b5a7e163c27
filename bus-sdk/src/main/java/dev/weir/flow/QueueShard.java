package dev.weir.flow;

import dev.weir.model.Eid;
import dev.weir.model.SequenceNumber;
import java.math.BigInteger;

/**
 * A queue as a lane sees it: like a shard, whose records are the queue's chunks.
 *
 * <p>The sequence number of an event is its id as one number, milliseconds first: so it says by itself which events were before it,
 * however the queue is cut into chunks. A pass over the queue begins anew when somebody sets the bot's checkpoint back: what was done in
 * earlier passes then no longer counts.
 *
 * @param queue physical name of the queue
 * @param pass how often somebody has set the checkpoint back
 */
public record QueueShard(String queue, long pass) {

    /** Begins the name of what is no queue, but is taken like one: what a bot pulls from outside of the bus. No queue's name has a slash. */
    public static final String PULLS = "pull/";

    private static final String QUEUE = "queue:";
    private static final String PASS = "pass-";
    private static final BigInteger IDS_PER_MILLI = BigInteger.valueOf(Eid.INDEX_MAX + 1);

    /** The name in checkpoints and in parked events: {@code queue:orders}, or in a later pass {@code pass-3:queue:orders}. */
    public String id() {
        return pass == 0 ? reference() : PASS + pass + ":" + reference();
    }

    /** The queue's name in the table of bots: {@code queue:orders}. */
    public String reference() {
        return QUEUE + queue;
    }

    /** Whether this is the id of a queue, in any pass. */
    static boolean is(String shardId) {
        return shardId.startsWith(QUEUE) || shardId.startsWith(PASS);
    }

    static QueueShard parse(String shardId) {
        if (shardId.startsWith(QUEUE)) {
            return new QueueShard(shardId.substring(QUEUE.length()), 0);
        }
        int colon = shardId.indexOf(':');
        return new QueueShard(
                shardId.substring(colon + 1 + QUEUE.length()), Long.parseLong(shardId.substring(PASS.length(), colon)));
    }

    /** The id of an event as a number. */
    public static SequenceNumber number(Eid eid) {
        BigInteger number =
                BigInteger.valueOf(eid.epochMillis()).multiply(IDS_PER_MILLI).add(BigInteger.valueOf(eid.index()));
        return new SequenceNumber(number.toString());
    }

    /** The id of the event that is {@code index} places after the one with this number. */
    public static Eid eid(SequenceNumber number, int index) {
        BigInteger[] parts =
                new BigInteger(number.digits()).add(BigInteger.valueOf(index)).divideAndRemainder(IDS_PER_MILLI);
        return new Eid(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
