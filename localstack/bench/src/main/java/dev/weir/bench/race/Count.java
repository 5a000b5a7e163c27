package dev.weir.bench.race;

/**
 * A result of {@link Job#WORDS}: there is one for each word of each line.
 *
 * @param word the word
 * @param count how often it came so far
 */
public record Count(String word, long count) {}
