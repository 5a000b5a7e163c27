package dev.weir.model;

/**
 * A Kinesis sequence number: a decimal of up to 128 digits without leading zeros, increasing within its shard.
 *
 * <p>Ordered by value, which for decimals without leading zeros is by length and then by text.
 */
public record SequenceNumber(String digits) implements Comparable<SequenceNumber> {

    /** Below every sequence number that a stream gives out. */
    public static final SequenceNumber ZERO = new SequenceNumber("0");

    @Override
    public int compareTo(SequenceNumber other) {
        int byLength = Integer.compare(digits.length(), other.digits.length());
        return byLength != 0 ? byLength : digits.compareTo(other.digits);
    }

    public boolean isAfter(SequenceNumber other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return digits;
    }
}
