package dev.weir.local.kinesis;

import dev.weir.local.kinesis.Change.Placed;
import dev.weir.local.kinesis.Change.ShardImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one {@link Change}: a tag, then its fields in their order, as {@link DataOutputStream} writes them. */
final class ChangeCodec {

    private static final int CREATED = 1;
    private static final int RESTORED = 2;
    private static final int DELETED = 3;
    private static final int PUT = 4;
    private static final int SPLIT = 5;
    private static final int MERGED = 6;
    private static final int RETENTION = 7;

    private ChangeCodec() {}

    static void write(Change change, DataOutputStream out) throws IOException {
        out.writeByte(tag(change));
        out.writeUTF(change.stream());
        switch (change) {
            case Change.StreamCreated created -> {
                out.writeLong(created.epoch());
                out.writeLong(created.createdMillis());
                out.writeInt(created.shardCount());
            }
            case Change.StreamRestored restored -> write(restored, out);
            case Change.StreamDeleted _ -> {}
            case Change.RecordsPut put -> write(put, out);
            case Change.ShardSplit split -> {
                out.writeInt(split.shard());
                write(split.newStartingHash(), out);
                out.writeLong(split.atMillis());
            }
            case Change.ShardsMerged merged -> {
                out.writeInt(merged.shard());
                out.writeInt(merged.adjacent());
                out.writeLong(merged.atMillis());
            }
            case Change.RetentionChanged changed -> out.writeInt(changed.hours());
        }
    }

    private static int tag(Change change) {
        return switch (change) {
            case Change.StreamCreated _ -> CREATED;
            case Change.StreamRestored _ -> RESTORED;
            case Change.StreamDeleted _ -> DELETED;
            case Change.RecordsPut _ -> PUT;
            case Change.ShardSplit _ -> SPLIT;
            case Change.ShardsMerged _ -> MERGED;
            case Change.RetentionChanged _ -> RETENTION;
        };
    }

    static Change read(byte[] body) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            int tag = in.readUnsignedByte();
            String stream = in.readUTF();
            return switch (tag) {
                case CREATED -> new Change.StreamCreated(stream, in.readLong(), in.readLong(), in.readInt());
                case RESTORED -> readRestored(stream, in);
                case DELETED -> new Change.StreamDeleted(stream);
                case PUT -> readPut(stream, in);
                case SPLIT -> new Change.ShardSplit(stream, in.readInt(), readHash(in), in.readLong());
                case MERGED -> new Change.ShardsMerged(stream, in.readInt(), in.readInt(), in.readLong());
                case RETENTION -> new Change.RetentionChanged(stream, in.readInt());
                default ->
                    throw new IllegalStateException("the log was written by a newer version, use that: tag=" + tag);
            };
        }
    }

    private static void write(Change.RecordsPut put, DataOutputStream out) throws IOException {
        out.writeInt(put.records().size());
        for (Placed placed : put.records()) {
            HeldRecord record = placed.record();
            out.writeInt(placed.shard());
            out.writeLong(record.sequence());
            out.writeLong(record.arrivalMillis());
            out.writeUTF(record.partitionKey());
            out.writeInt(record.data().length);
            out.write(record.data());
        }
    }

    private static Change readPut(String stream, DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Placed> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int shard = in.readInt();
            long sequence = in.readLong();
            long arrivalMillis = in.readLong();
            String key = in.readUTF();
            records.add(new Placed(shard, new HeldRecord(sequence, arrivalMillis, key, in.readNBytes(in.readInt()))));
        }
        return new Change.RecordsPut(stream, records);
    }

    private static void write(Change.StreamRestored restored, DataOutputStream out) throws IOException {
        out.writeLong(restored.epoch());
        out.writeLong(restored.createdMillis());
        out.writeInt(restored.retentionHours());
        out.writeLong(restored.lastSequence());
        out.writeInt(restored.shards().size());
        for (ShardImage shard : restored.shards()) {
            out.writeInt(shard.index());
            out.writeInt(shard.parents().size());
            for (int parent : shard.parents()) {
                out.writeInt(parent);
            }
            write(shard.range().first(), out);
            write(shard.range().last(), out);
            out.writeLong(shard.startSequence());
            out.writeLong(shard.createdMillis());
            out.writeLong(shard.endSequence());
            out.writeLong(shard.closedMillis());
        }
    }

    private static Change readRestored(String stream, DataInputStream in) throws IOException {
        long epoch = in.readLong();
        long createdMillis = in.readLong();
        int retentionHours = in.readInt();
        long lastSequence = in.readLong();
        int count = in.readInt();
        List<ShardImage> shards = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            shards.add(readShard(in));
        }
        return new Change.StreamRestored(stream, epoch, createdMillis, retentionHours, lastSequence, shards);
    }

    private static ShardImage readShard(DataInputStream in) throws IOException {
        int index = in.readInt();
        int parentCount = in.readInt();
        List<Integer> parents = new ArrayList<>(parentCount);
        for (int i = 0; i < parentCount; i++) {
            parents.add(in.readInt());
        }
        var range = new HashRange(readHash(in), readHash(in));
        return new ShardImage(index, parents, range, in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static void write(BigInteger hash, DataOutputStream out) throws IOException {
        byte[] bytes = hash.toByteArray();
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    private static BigInteger readHash(DataInputStream in) throws IOException {
        return new BigInteger(in.readNBytes(in.readUnsignedByte()));
    }
}
