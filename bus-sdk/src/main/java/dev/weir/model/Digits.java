package dev.weir.model;

/** What is true of texts of decimal digits. */
public final class Digits {
    private Digits() {}

    /** Whether there is at least one character, and each is one of {@code 0} to {@code 9}. */
    public static boolean areAll(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether the text is a whole number as it is written: digits, and no zero before others. */
    public static boolean areWhole(String text) {
        return areAll(text) && (text.length() == 1 || text.charAt(0) != '0');
    }
}
