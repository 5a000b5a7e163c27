package dev.weir.queue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The ids of the places of a chunk, one after the other. Not thread-safe. */
final class PlaceIds {
    private final int digitsFrom;
    private byte[] text;

    /**
     * @param first the id of the first place
     */
    PlaceIds(String first) {
        String full = Eids.plus(first, 0);
        text = full.getBytes(StandardCharsets.UTF_8);
        digitsFrom = text.length - (full.length() - full.lastIndexOf('-') - 1);
    }

    /** The id of the next place. */
    String next() {
        String id = new String(text, StandardCharsets.UTF_8);
        increment();
        return id;
    }

    private void increment() {
        int at = text.length - 1;
        while (at >= digitsFrom && text[at] == '9') {
            text[at--] = '0';
        }
        if (at < digitsFrom) { // 9999999 is followed by 10000000, as RStreams counts
            text = Arrays.copyOf(text, text.length + 1);
            text[text.length - 1] = '0';
            text[digitsFrom] = '1';
        } else {
            text[at]++;
        }
    }
}
