package dev.weir.functions.examples;

import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Word count: lines in, each word with how often it came so far out.
 *
 * <p>A line is split where it arrives; each word travels to the lane of its own name, so that one place counts it, and no word is counted
 * twice however often a line is delivered.
 */
public final class WordCount {

    /** A word and how often it came. */
    public record Count(String word, long count) {}

    /** The bot. */
    public static final Pipeline PIPELINE = Pipeline.of(
            "word-count",
            Pipeline.from(Feed.stream("lines", Codec.text()))
                    .flatMap(WordCount::words)
                    .keyBy("word", word -> word, Codec.text())
                    .count("count")
                    .mapWithKey(Count::new)
                    .to(To.queue("words.counted", Codec.of(Count.class))));

    private static List<String> words(String line) {
        return Arrays.stream(line.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private WordCount() {}
}
