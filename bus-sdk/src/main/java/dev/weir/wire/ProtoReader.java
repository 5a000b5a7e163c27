package dev.weir.wire;

/**
 * Reads the fields of one protobuf message (protobuf encoding guide), within bounds and without exceptions: a damaged message ends early, with
 * {@link #intact} false. Groups are damage. Not thread-safe.
 */
final class ProtoReader {

    static final int VARINT = 0;
    static final int LENGTH_DELIMITED = 2;

    private static final int FIXED_64 = 1;
    private static final int FIXED_32 = 5;
    private static final int VARINT_BITS_MAX = 70;

    private final byte[] data;
    private final int to;
    private int at;
    private boolean intact = true;
    private int field;
    private int wireType;
    private long number;
    private int bodyFrom;

    ProtoReader(byte[] data, int from, int to) {
        this.data = data;
        this.at = from;
        this.to = to;
    }

    /** Reads a field with its value; false at the end, or at damage. */
    boolean next() {
        if (!intact || at == to) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        intact = intact && field > 0 && tag >>> 32 == 0;
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED_64 -> pass(8);
            case LENGTH_DELIMITED -> pass(varint());
            case FIXED_32 -> pass(4);
            default -> intact = false;
        }
        return intact;
    }

    /** Whether the field just read has this number and type. */
    boolean is(int field, int wireType) {
        return this.field == field && this.wireType == wireType;
    }

    /** Value of a {@link #VARINT}. */
    long number() {
        return number;
    }

    /** First byte of a {@link #LENGTH_DELIMITED}. */
    int bodyFrom() {
        return bodyFrom;
    }

    /** Index after its last byte. */
    int bodyTo() {
        return at;
    }

    boolean intact() {
        return intact;
    }

    private void pass(long bytes) {
        if (!intact || bytes < 0 || bytes > to - at) {
            intact = false;
            return;
        }
        bodyFrom = at;
        at += (int) bytes;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS_MAX && at < to; shift += 7) {
            byte b = data[at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        intact = false;
        return 0;
    }
}
