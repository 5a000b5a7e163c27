package dev.weir.wire;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) of whole arrays. The same bytes and level give the same result on every run: the header has no time and no name.
 *
 * <p>Reusable; not thread-safe. The native memory of the deflater is freed when the instance becomes unreachable.
 */
public final class Gzip {

    /** The fastest level. Events are small and alike, so it finds most of what the best level finds, at a fraction of the time. */
    public static final int LEVEL_DEFAULT = Deflater.BEST_SPEED;

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    private static final int TRAILER_BYTES = 8;
    private static final int BLOCK_BYTES_MIN = 512;

    private final Deflater deflater;
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
        deflater = new Deflater(level, true);
    }

    /** The bytes {@code from} to {@code to}, exclusive, as one gzip member. */
    public byte[] compress(byte[] array, int from, int to) {
        deflater.reset();
        deflater.setInput(array, from, to - from);
        deflater.finish();
        System.arraycopy(HEADER, 0, out, 0, HEADER.length);
        int size = HEADER.length;
        while (!deflater.finished()) {
            if (out.length - size < BLOCK_BYTES_MIN) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            size += deflater.deflate(out, size, out.length - size);
        }
        byte[] compressed = Arrays.copyOf(out, size + TRAILER_BYTES);
        crc.reset();
        crc.update(array, from, to - from);
        littleEndian((int) crc.getValue(), compressed, size);
        littleEndian(to - from, compressed, size + 4);
        return compressed;
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
        return switch (new Inflation().gzip(data, 0, data.length, max)) {
            case Inflation.Bytes(byte[] array, int size) -> array.length == size ? array : Arrays.copyOf(array, size);
            case Inflation.Broken(String why) ->
                throw new IllegalArgumentException("not gzip: " + why + " bytes=" + data.length);
        };
    }
}
