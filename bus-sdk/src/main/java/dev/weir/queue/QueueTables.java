package dev.weir.queue;

import dev.weir.model.Lanes;
import dev.weir.port.Table;

/**
 * Where the queues of a bus are.
 *
 * @param chunks the chunks of queues, in the shape of RStreams' LeoStream
 * @param heads the heads of queues, in the shape of LeoEvent
 * @param cron the rows of bots, in the shape of LeoCron
 * @param stream name of the Kinesis stream that brings events into queues
 * @param lanes the lanes of that stream
 * @param bucket name of the bucket of large and old events, as pointers to its objects say it
 */
public record QueueTables(Table chunks, Table heads, Table cron, String stream, Lanes lanes, String bucket) {}
