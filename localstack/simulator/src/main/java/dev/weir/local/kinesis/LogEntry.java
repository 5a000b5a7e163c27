package dev.weir.local.kinesis;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The frame of one change in the log: length of the body (4 bytes), CRC-32C of the body (4 bytes), body ({@link ChangeCodec}).
 * A file begins with {@code WEIRKIN1}. All numbers are big-endian.
 *
 * <p>An object is a buffer that is used again and again. Not thread-safe.
 */
final class LogEntry {

    static final int MAGIC_BYTES = 8;
    static final int HEAD_BYTES = 8;
    /** Above the largest PutRecords with its keys and numbers; a length beyond it is damage. */
    static final int BODY_BYTES_MAX = 32 << 20;
    /** A buffer that grew beyond this for a big entry is not kept. */
    private static final int BUFFER_KEPT_BYTES_MAX = 4 << 20;

    private Buffer buffer = new Buffer();

    static byte[] magic() {
        return "WEIRKIN1".getBytes(StandardCharsets.US_ASCII);
    }

    static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Fills {@link #array()} with {@link #length()} bytes. */
    void encode(Change change) {
        if (buffer.array().length > BUFFER_KEPT_BYTES_MAX) {
            buffer = new Buffer();
        }
        buffer.reset();
        try (var out = new DataOutputStream(buffer)) {
            out.writeLong(0);
            ChangeCodec.write(change, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        int body = length() - HEAD_BYTES;
        if (body > BODY_BYTES_MAX) {
            throw new IllegalStateException(
                    "a change is too large for the log: bytes=" + body + " max=" + BODY_BYTES_MAX);
        }
        ByteBuffer.wrap(array()).putInt(0, body).putInt(4, crc(array(), HEAD_BYTES, body));
    }

    byte[] array() {
        return buffer.array();
    }

    int length() {
        return buffer.size();
    }

    /** Lends its array instead of copying it. */
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(1 << 16);
        }

        byte[] array() {
            return buf;
        }
    }
}
