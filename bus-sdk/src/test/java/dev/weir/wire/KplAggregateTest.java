package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KplAggregateTest {

    private static final byte[] EVENT = utf8("{\"a\":1}");
    private static final byte[] DECK =
            utf8("{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":0,\"lanes\":1,\"seq\":9}\n{\"a\":2}\n{\"a\":3}");

    private final RecordDecoder decoder = new RecordDecoder();

    @Test
    void eachUserRecordIsAPartWithItsOwnKey() throws Exception {
        byte[] data = new Message()
                .text(1, "alice")
                .text(1, "zoë")
                .text(2, "340282366920938463463374607431768211455")
                .record(0, EVENT)
                .record(1, RecordDecoderTest.gzip(DECK))
                .record(0, new byte[0])
                .sealed();
        List<RecordDecoder.Part> parts = decoder.decode(data);
        assertThat(parts).extracting(RecordDecoder.Part::partitionKey).containsExactly("alice", "zoë", "alice");
        assertThat(parts.get(0).lines()).containsExactly(Json.of("{\"a\":1}"));
        assertThat(parts.get(1).chunk()).isEqualTo(new Chunk("p", 0, 1, 9));
        assertThat(parts.get(1).lines()).containsExactly(Json.of("{\"a\":2}"), Json.of("{\"a\":3}"));
        assertThat(parts.get(2).lines()).isEmpty();
        assertThat(parts).allMatch(part -> part.refusal() == null);
    }

    @Test
    void theTableMayStandBehindTheRecordsAndUnknownFieldsBetween() throws Exception {
        byte[] data = new Message()
                .record(1, EVENT)
                .varint(4 << 3)
                .varint(1L << 63)
                .varint(5 << 3 | 1)
                .raw(new byte[8])
                .varint(6 << 3 | 5)
                .raw(new byte[4])
                .text(9, "unknown")
                .text(1, "a")
                .text(1, "b")
                .sealed();
        assertThat(decoder.decode(data))
                .extracting(RecordDecoder.Part::partitionKey)
                .containsExactly("b");
    }

    @Test
    void oneUserRecordThatCannotBeDecodedSpoilsNoOther() throws Exception {
        byte[] damaged = RecordDecoderTest.gzip(EVENT);
        damaged[damaged.length - 1]++;
        List<RecordDecoder.Part> parts = decoder.decode(
                new Message().text(1, "k").record(0, damaged).record(0, EVENT).sealed());
        assertThat(parts.get(0).refusal()).isNotNull();
        assertThat(parts.get(0).partitionKey()).isEqualTo("k");
        assertThat(parts.get(1).refusal()).isNull();
        assertThat(parts.get(1).lines()).hasSize(1);
    }

    @Test
    void theBoundOnInflatedBytesIsForTheWholeAggregate() throws Exception {
        byte[] spaces = new byte[RecordDecoder.INFLATED_BYTES_MAX / 2 + 1];
        Arrays.fill(spaces, (byte) ' ');
        byte[] half = RecordDecoderTest.gzip(spaces);
        List<RecordDecoder.Part> parts = decoder.decode(new Message()
                .text(1, "k")
                .record(0, half)
                .record(0, half)
                .record(0, EVENT)
                .sealed());
        assertThat(parts).extracting(part -> part.refusal() == null).containsExactly(true, false, true);
    }

    @Test
    void aDamagedAggregateIsRefusedAsAWhole() throws Exception {
        assertRefused(new Message().text(1, "k").sealed(), "no records");
        assertRefused(new Message().text(1, "k").record(1, EVENT).sealed(), "damaged");
        assertRefused(new Message().record(0, EVENT).sealed(), "damaged");
        assertRefused(
                new Message()
                        .raw(new byte[] {0x0A, 1, (byte) 0xFF})
                        .record(0, EVENT)
                        .sealed(),
                "damaged");
        assertRefused(new Message().text(1, "k").text(3, "").sealed(), "damaged");
        assertRefused(
                new Message()
                        .text(1, "k")
                        .record(0, EVENT)
                        .varint(3 << 3 | 2)
                        .varint(1L << 40)
                        .sealed(),
                "damaged");
        assertRefused(
                new Message()
                        .text(1, "k")
                        .record(0, EVENT)
                        .varint(3 << 3 | 2)
                        .varint(-1)
                        .sealed(),
                "damaged");
        assertRefused(
                new Message().text(1, "k").record(0, EVENT).varint(7 << 3 | 3).sealed(), "damaged");
        assertRefused(
                new Message().text(1, "k").record(0, EVENT).varint(2).varint(0).sealed(), "damaged");
        byte[] changed = new Message().text(1, "k").record(0, EVENT).sealed();
        changed[changed.length - 1]++;
        assertRefused(changed, "checksum");
    }

    @Test
    void anAggregateCutAnywhereIsRefusedAndNeverThrows() throws Exception {
        Message message =
                new Message().text(1, "alice").text(1, "bob").record(0, EVENT).record(1, DECK);
        byte[] sealed = message.sealed();
        assertThat(decoder.decode(sealed)).hasSize(2).allMatch(part -> part.refusal() == null);
        for (int to = 4; to < sealed.length; to++) {
            assertRefused(Arrays.copyOf(sealed, to), "checksum");
        }
        for (int to = 0; to < message.size(); to++) { // with a checksum that matches
            for (RecordDecoder.Part part : decoder.decode(message.cut(to).sealed())) {
                assertThat(part.refusal() != null || part.lines().size() == 1)
                        .as("cut at %s", to)
                        .isTrue();
            }
        }
    }

    private void assertRefused(byte[] data, String why) {
        assertThat(decoder.decode(data)).singleElement().satisfies(part -> {
            assertThat(String.valueOf(part.refusal())).contains("aggregate").contains(why);
            assertThat(part.lines()).isEmpty();
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes an AggregatedRecord. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message record(int key, byte[] data) {
            Message record = new Message()
                    .varint(1 << 3)
                    .varint(key)
                    .varint(3 << 3 | 2)
                    .varint(data.length)
                    .raw(data);
            return varint(3 << 3 | 2).varint(record.size()).raw(record.bytes.toByteArray());
        }

        Message text(int field, String text) {
            return varint((long) field << 3 | 2).varint(utf8(text).length).raw(utf8(text));
        }

        Message varint(long value) {
            long rest = value;
            for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
            }
            bytes.write((int) rest);
            return this;
        }

        Message raw(byte[] data) {
            bytes.writeBytes(data);
            return this;
        }

        Message cut(int to) {
            return new Message().raw(Arrays.copyOf(bytes.toByteArray(), to));
        }

        int size() {
            return bytes.size();
        }

        byte[] sealed() throws Exception {
            byte[] magic = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};
            byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes.toByteArray());
            return RecordDecoderTest.join(RecordDecoderTest.join(magic, bytes.toByteArray()), md5);
        }
    }
}
