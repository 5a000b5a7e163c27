package dev.weir.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many user records in one Kinesis record, as the Kinesis Producer Library writes them (its "aggregation format"): four magic bytes, a protobuf
 * message with a table of partition keys and the records, and the MD5 of the message.
 */
final class KplAggregate {

    /** One record of a user: its key, and where in the aggregate its data is. */
    record UserRecord(String partitionKey, int from, int to) {}

    /** What was read: one record or more, or why none. */
    sealed interface Reading {}

    record Records(List<UserRecord> records) implements Reading {}

    record Broken(String why) implements Reading {}

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int MD5_BYTES = 16;

    private static final int PARTITION_KEY_TABLE = 1;
    private static final int RECORDS = 3;
    private static final int RECORD_PARTITION_KEY_INDEX = 1;
    private static final int RECORD_DATA = 3;

    private KplAggregate() {}

    /** Whether data begins as an aggregate does. */
    static boolean is(byte[] data) {
        return data.length >= MAGIC.length && Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** All user records, or none. */
    static Reading read(byte[] data) {
        int to = data.length - MD5_BYTES;
        if (to < MAGIC.length || !Arrays.equals(md5(data, MAGIC.length, to), 0, MD5_BYTES, data, to, data.length)) {
            return new Broken("checksum does not match");
        }
        List<String> keys = keys(data, to);
        List<UserRecord> records = keys == null ? null : records(data, to, keys);
        if (records == null) {
            return new Broken("message is damaged");
        }
        return records.isEmpty() ? new Broken("no records in it") : new Records(records);
    }

    /** The table may stand behind the records, so it is read first, by a pass of its own. Null if it is damaged. */
    private static @Nullable List<String> keys(byte[] data, int to) {
        var keys = new ArrayList<String>();
        var message = new ProtoReader(data, MAGIC.length, to);
        while (message.next()) {
            if (message.is(PARTITION_KEY_TABLE, ProtoReader.LENGTH_DELIMITED)) {
                String key = utf8(data, message.bodyFrom(), message.bodyTo());
                if (key == null) {
                    return null;
                }
                keys.add(key);
            }
        }
        return message.intact() ? keys : null;
    }

    private static @Nullable List<UserRecord> records(byte[] data, int to, List<String> keys) {
        var records = new ArrayList<UserRecord>();
        var message = new ProtoReader(data, MAGIC.length, to);
        while (message.next()) {
            if (message.is(RECORDS, ProtoReader.LENGTH_DELIMITED)) {
                UserRecord record = record(data, message.bodyFrom(), message.bodyTo(), keys);
                if (record == null) {
                    return null;
                }
                records.add(record);
            }
        }
        return records;
    }

    private static @Nullable UserRecord record(byte[] data, int from, int to, List<String> keys) {
        long key = -1;
        int dataFrom = -1;
        int dataTo = -1;
        var message = new ProtoReader(data, from, to);
        while (message.next()) {
            if (message.is(RECORD_PARTITION_KEY_INDEX, ProtoReader.VARINT)) {
                key = message.number();
            } else if (message.is(RECORD_DATA, ProtoReader.LENGTH_DELIMITED)) {
                dataFrom = message.bodyFrom();
                dataTo = message.bodyTo();
            }
        }
        boolean whole = message.intact() && key >= 0 && key < keys.size() && dataFrom >= 0;
        return whole ? new UserRecord(keys.get((int) key), dataFrom, dataTo) : null;
    }

    private static @Nullable String utf8(byte[] data, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static byte[] md5(byte[] data, int from, int to) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(data, from, to - from);
            return md5.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
