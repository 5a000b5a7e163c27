package dev.weir.local.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An aggregate of the Kinesis Producer Library with one user record. Source: amazon-kinesis-producer, aggregation-format.md: four magic
 * bytes, a protobuf message (1: table of partition keys, 3: records of 1: index of the key and 3: data), and its MD5.
 */
final class KplRecord {
    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
    private static final int KEYS = 1 << 3 | 2;
    private static final int RECORDS = 3 << 3 | 2;
    private static final int KEY_INDEX = 1 << 3;
    private static final int DATA = 3 << 3 | 2;

    private KplRecord() {}

    static byte[] of(String partitionKey, String line) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(KEY_INDEX);
        record.write(0);
        field(record, DATA, line.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, KEYS, partitionKey.getBytes(StandardCharsets.UTF_8));
        field(message, RECORDS, record.toByteArray());
        ByteArrayOutputStream aggregate = new ByteArrayOutputStream();
        aggregate.writeBytes(MAGIC);
        aggregate.writeBytes(message.toByteArray());
        aggregate.writeBytes(md5(message.toByteArray()));
        return aggregate.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int tag, byte[] bytes) {
        out.write(tag);
        int length = bytes.length;
        while (length > 0x7F) {
            out.write(length & 0x7F | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(bytes);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
