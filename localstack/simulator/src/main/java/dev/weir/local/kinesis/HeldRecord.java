package dev.weir.local.kinesis;

import java.nio.charset.StandardCharsets;

/** A record as the model holds it: its sequence number is the counter of its {@link SequenceSpace}. */
record HeldRecord(long sequence, long arrivalMillis, String partitionKey, byte[] data) {

    /** What it counts for against {@link KinesisLimits#heldBytesMax}. */
    long heldBytes() {
        return (long) data.length + partitionKey.length() + KinesisLimits.RECORD_OVERHEAD_BYTES;
    }

    /** What Kinesis counts for a record: its data and the UTF-8 of its key. */
    static int countedBytes(String partitionKey, byte[] data) {
        return data.length + utf8Bytes(partitionKey);
    }

    StoredRecord view(SequenceSpace space) {
        return new StoredRecord(space.format(sequence), partitionKey, data, arrivalMillis);
    }

    private static int utf8Bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
