/** Kafka Streams's side of {@code ./weir bench pipelines}. */
@NullMarked
package dev.weir.bench.kafka;

import org.jspecify.annotations.NullMarked;
