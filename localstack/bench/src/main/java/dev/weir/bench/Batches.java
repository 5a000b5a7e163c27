package dev.weir.bench;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.wire.ChunkEncoder;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes the events with which Lambda calls a function on a stream of one shard and one lane. Records have growing sequence numbers over all calls; each
 * producer numbers its events from 1. Not thread-safe.
 */
final class Batches {
    private static final String SHARD = "shardId-000000000000";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/weir-transfers";
    private static final String ROLE = "arn:aws:iam::000000000000:role/weir-bench";
    private static final long ARRIVAL_MILLIS = 1_800_000_000_000L;
    private static final BigInteger FIRST = new BigInteger("49600000000000000000000000000000000000000000000000000000");

    private final ChunkEncoder encoder = new ChunkEncoder();
    private long records;
    private long next = 1;

    /** The transfers as a Weir writer puts them: gzipped chunks with the writer's numbers, cut into batches. */
    List<byte[]> ofWriter(String producer, Json[] transfers, int eventsPerBatch, int eventsPerRecord) {
        List<byte[]> batches = new ArrayList<>();
        for (int from = 0; from < transfers.length; from += eventsPerBatch) {
            batches.add(ofWriter(
                    producer, transfers, from, Math.min(transfers.length, from + eventsPerBatch), eventsPerRecord));
        }
        return batches;
    }

    private byte[] ofWriter(String producer, Json[] transfers, int from, int to, int eventsPerRecord) {
        List<byte[]> data = new ArrayList<>();
        for (int at = from; at < to; at += eventsPerRecord) {
            data.add(chunk(producer, next + at, transfers, at, Math.min(to, at + eventsPerRecord)));
        }
        return event("lane-0", data);
    }

    /** The data of one record of a writer. */
    byte[] chunk(String producer, long number, Json[] transfers, int from, int to) {
        encoder.begin(new Chunk(producer, 0, 1, number));
        for (int i = from; i < to; i++) {
            encoder.add(transfers[i]);
        }
        return encoder.finish();
    }

    /** Numbers begin here instead of at 1: what is below is a gap. */
    Batches beginningAt(long number) {
        next = number;
        return this;
    }

    /** The next record is the one after so many. */
    Batches afterRecords(long count) {
        records = count;
        return this;
    }

    /** The event for any records, all put under one key. */
    byte[] event(String partitionKey, List<byte[]> data) {
        return event(Collections.nCopies(data.size(), partitionKey), data);
    }

    /** The event for any records, each put under its own key. */
    byte[] event(List<String> partitionKeys, List<byte[]> data) {
        List<Record> all = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            all.add(new Record(SHARD, sequenceNumber(), partitionKeys.get(i), ARRIVAL_MILLIS, data.get(i)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LambdaEvent.write(out, STREAM, ROLE, all);
        return out.toByteArray();
    }

    private SequenceNumber sequenceNumber() {
        return new SequenceNumber(FIRST.add(BigInteger.valueOf(++records)).toString());
    }
}
