package dev.weir.bench.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each side is given to do. */
public enum Job {
    /** JSON to {@link Transfer}, to {@link Credit}, those that are large, to JSON: no state, no key. */
    TRANSFERS("map and filter"),
    /** A line to its words, each to the place of its key, its {@link Count} there, to JSON: a result for each word. */
    WORDS("keyed count");

    private final String text;

    Job(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** The words of a line. */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int to = line.indexOf(' '); to >= 0; to = line.indexOf(' ', from)) {
            words.add(line.substring(from, to));
            from = to + 1;
        }
        words.add(line.substring(from));
        return words;
    }

    /** What all results come to, found by a plain loop. */
    public Tally expected(List<byte[]> lines) {
        Tally tally = new Tally();
        JsonText json = new JsonText();
        Map<String, Long> counts = new HashMap<>();
        for (byte[] line : lines) {
            switch (this) {
                case TRANSFERS -> {
                    Credit credit = json.transfer(line).credit();
                    if (credit.passes()) {
                        tally.add(json.write(credit));
                    }
                }
                case WORDS -> {
                    for (String word : words(Input.text(line))) {
                        tally.add(json.write(new Count(word, counts.merge(word, 1L, Long::sum))));
                    }
                }
            }
        }
        return tally;
    }
}
