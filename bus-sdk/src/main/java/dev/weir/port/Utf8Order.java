package dev.weir.port;

import java.util.Comparator;

/**
 * The order of texts by their UTF-8 bytes, in which stores sort, without encoding them. Thread-safe.
 *
 * <p>It is the order of code points, and differs from {@link String#compareTo} where one text has a character above U+FFFF (two
 * surrogates in Java) and the other one of U+E000 to U+FFFF, which sort above surrogates in Java and below them in UTF-8.
 */
public final class Utf8Order implements Comparator<String> {

    public static final Utf8Order ASCENDING = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String one, String other) {
        int shared = Math.min(one.length(), other.length());
        for (int i = 0; i < shared; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean swapped = Character.isSurrogate(a) != Character.isSurrogate(b)
                        && a >= Character.MIN_SURROGATE
                        && b >= Character.MIN_SURROGATE;
                return swapped ? b - a : a - b;
            }
        }
        return one.length() - other.length();
    }
}
