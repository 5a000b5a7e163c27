/**
 * Graphs of several steps: source, transforms, state, windows, joins, sinks. A pipeline is data, like every graph: immutable, without
 * clock, thread or network; the spine runs it, and keeps what it promises for every step. Only a {@link dev.weir.pipeline.Lookup} may ask
 * others.
 *
 * <pre>{@code
 * Pipeline words = Pipeline.of(
 *         "word-count",
 *         Pipeline.from(Feed.stream("lines", Codec.text()))
 *                 .flatMap(line -> List.of(line.toLowerCase(Locale.ROOT).split("\\W+")))
 *                 .keyBy("word", word -> word, Codec.text())
 *                 .count("count")
 *                 .mapWithKey(WordCount::new)
 *                 .to(To.queue("words.counted", Codec.of(WordCount.class))));
 * }</pre>
 *
 * <p>Steps with keys run in the lane of the key. Where a step gives events another key, they travel to its lane through the outbox of the
 * commit: exactly once, and in order from each lane that sends.
 */
@NullMarked
package dev.weir.pipeline;

import org.jspecify.annotations.NullMarked;
