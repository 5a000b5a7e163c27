package dev.weir.wire;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) of whole arrays. The same bytes and level give the same result on every run: the header has no time and no name.
 *
 * <p>Reusable; not thread-safe. An instance is cheap: the native compressors are shared by all.
 */
public final class Gzip {

    /** The fastest level. Events are small and alike, so it finds most of what the best level finds, at a fraction of the time. */
    public static final int LEVEL_DEFAULT = Deflater.BEST_SPEED;

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    private static final byte[] NOTHING = {};
    /** Compressing less than this takes a hundred times as long as copying it, and saves neither a unit of DynamoDB nor one of Kinesis. */
    private static final int STORED_BYTES_MAX = 512;

    private static final int STORED_HEADER_BYTES = 5;
    private static final int TRAILER_BYTES = 8;
    private static final int BLOCK_BYTES_MIN = 512;

    /** More threads than this compress at once only for a moment. */
    private static final int KEPT_MAX = 16;

    private static final Pool<Deflater> DEFLATERS = new Pool<>(KEPT_MAX, () -> new Deflater(LEVEL_DEFAULT, true));
    private static final Pool<Inflation> INFLATIONS = new Pool<>(KEPT_MAX, Inflation::new);

    private final int level;
    private final CRC32 crc = new CRC32();
    private byte[] out = new byte[BLOCK_BYTES_MIN];

    /**
     * A compressor.
     *
     * @param level 1 (fastest) to 9 (smallest)
     */
    public Gzip(int level) {
        if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
            throw new IllegalArgumentException("gzip level must be 1 to 9: level=" + level);
        }
        this.level = level;
    }

    /** The bytes {@code from} to {@code to}, exclusive, as one gzip member. What is very short is stored as it is. */
    public byte[] compress(byte[] array, int from, int to) {
        byte[] compressed = to - from <= STORED_BYTES_MAX ? stored(array, from, to) : deflated(array, from, to);
        crc.reset();
        crc.update(array, from, to - from);
        littleEndian((int) crc.getValue(), compressed, compressed.length - TRAILER_BYTES);
        littleEndian(to - from, compressed, compressed.length - 4);
        return compressed;
    }

    /** One stored block: the last one, its length, and the complement of its length. Source: RFC 1951, 3.2.4. */
    private static byte[] stored(byte[] array, int from, int to) {
        int length = to - from;
        byte[] member = Arrays.copyOf(HEADER, HEADER.length + STORED_HEADER_BYTES + length + TRAILER_BYTES);
        int at = HEADER.length;
        member[at] = 1;
        member[at + 1] = (byte) length;
        member[at + 2] = (byte) (length >>> 8);
        member[at + 3] = (byte) ~length;
        member[at + 4] = (byte) (~length >>> 8);
        System.arraycopy(array, from, member, at + STORED_HEADER_BYTES, length);
        return member;
    }

    private byte[] deflated(byte[] array, int from, int to) {
        Deflater deflater = DEFLATERS.take();
        deflater.reset();
        deflater.setLevel(level);
        deflater.setInput(array, from, to - from);
        deflater.finish();
        int size = deflate(deflater);
        deflater.setInput(NOTHING); // it must not keep what it was given
        DEFLATERS.giveBack(deflater);
        return Arrays.copyOf(out, size + TRAILER_BYTES);
    }

    private int deflate(Deflater deflater) {
        System.arraycopy(HEADER, 0, out, 0, HEADER.length);
        int size = HEADER.length;
        while (!deflater.finished()) {
            if (out.length - size < BLOCK_BYTES_MIN) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            size += deflater.deflate(out, size, out.length - size);
        }
        return size;
    }

    private static void littleEndian(int value, byte[] array, int at) {
        for (int i = 0; i < 4; i++) {
            array[at + i] = (byte) (value >>> (8 * i));
        }
    }

    /**
     * Inflates one or more gzip members. For data of our own; for data of strangers use {@link RecordDecoder}.
     *
     * @param max most bytes to inflate to
     * @throws IllegalArgumentException if the data is damaged, or inflates to more
     */
    public static byte[] decompress(byte[] data, int max) {
        Inflation inflation = INFLATIONS.take();
        Inflation.Inflated inflated = inflation.gzip(data, 0, data.length, max);
        INFLATIONS.giveBack(inflation);
        return switch (inflated) {
            case Inflation.Bytes(byte[] array, int size) -> array.length == size ? array : Arrays.copyOf(array, size);
            case Inflation.Broken(String why) ->
                throw new IllegalArgumentException("not gzip: " + why + " bytes=" + data.length);
        };
    }
}
