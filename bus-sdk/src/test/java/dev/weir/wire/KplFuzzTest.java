package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any bytes as the message of a Kinesis Producer Library aggregate, with a checksum that matches. */
class KplFuzzTest implements FuzzTests {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    @Fuzz
    void whatIsReadCanBeWrittenAndReadAgain(byte[] message) {
        byte[] data = sealed(message);
        if (!(KplAggregate.read(data) instanceof KplAggregate.Records(var records))) {
            return;
        }
        assertThat(records).isNotEmpty();
        var keys = new ArrayList<String>();
        var contents = new ArrayList<byte[]>();
        int end = MAGIC.length;
        for (KplAggregate.UserRecord record : records) {
            assertThat(record.from()).as("records do not overlap").isGreaterThan(end);
            assertThat(record.to()).isBetween(record.from(), data.length - 16);
            end = record.to();
            keys.add(record.partitionKey());
            contents.add(Arrays.copyOfRange(data, record.from(), record.to()));
        }
        assertReads(sealed(message(keys, contents)), keys, contents);
    }

    private static void assertReads(byte[] data, List<String> keys, List<byte[]> contents) {
        assertThat(KplAggregate.read(data)).isInstanceOfSatisfying(KplAggregate.Records.class, again -> {
            assertThat(again.records())
                    .extracting(KplAggregate.UserRecord::partitionKey)
                    .isEqualTo(keys);
            for (int i = 0; i < contents.size(); i++) {
                var record = again.records().get(i);
                assertThat(Arrays.copyOfRange(data, record.from(), record.to())).isEqualTo(contents.get(i));
            }
        });
    }

    /** One byte changed anywhere is refused as a whole. */
    @Fuzz
    void aChecksumThatDoesNotMatchIsRefused(byte[] message) {
        byte[] data = sealed(message);
        int at = MAGIC.length + Math.floorMod(Arrays.hashCode(message), data.length - MAGIC.length);
        data[at] ^= 0x10;
        assertThat(KplAggregate.read(data)).isInstanceOf(KplAggregate.Broken.class);
    }

    static byte[] sealed(byte[] message) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(message);
            return RecordDecoderTest.join(RecordDecoderTest.join(MAGIC, message), md5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** A message with a key for each record. */
    static byte[] message(List<String> keys, List<byte[]> contents) {
        var message = new ByteArrayOutputStream();
        keys.forEach(key -> delimited(message, 1, key.getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < contents.size(); i++) {
            var record = new ByteArrayOutputStream();
            record.write(1 << 3);
            varint(record, i);
            delimited(record, 3, contents.get(i));
            delimited(message, 3, record.toByteArray());
        }
        return message.toByteArray();
    }

    private static void delimited(ByteArrayOutputStream to, int field, byte[] body) {
        to.write(field << 3 | 2);
        varint(to, body.length);
        to.writeBytes(body);
    }

    private static void varint(ByteArrayOutputStream to, int value) {
        int rest = value;
        for (; rest > 0x7F; rest >>>= 7) {
            to.write(rest & 0x7F | 0x80);
        }
        to.write(rest);
    }
}
