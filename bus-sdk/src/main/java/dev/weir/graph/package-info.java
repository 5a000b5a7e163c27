/**
 * What a bot does, as a graph: source, transforms, sink. A graph is data: immutable, without clock, thread or network; the spine runs it.
 *
 * <p>The ledger, whole:
 *
 * <pre>{@code
 * Graph<Transfer, BigDecimal, Decided> ledger = Graph.named("ledger")
 *         .readFrom(Source.stream("transfers", Transfer.CODEC))
 *         .keyBy(Transfer::source)
 *         .dedupeBy(Transfer::id, Duration.ofHours(1))
 *         .orderBy(Transfer::sequence, Duration.ofSeconds(30))
 *         .mapWith(BALANCES, Ledger::decide)
 *         .touching(Transfer::target)
 *         .writeTo(Sink.queue("transfers.decided", Decided::json));
 * }</pre>
 *
 * <p>An event belongs to a key, a key to a lane, and a lane has one writer at a time: so the function of {@code mapWith} reads and writes
 * its key's state like a local variable. State of a key in another lane can be added to, never read: what is added travels there on the
 * bus and arrives exactly once.
 *
 * <p>Where events need no key there is a shorter form, {@link dev.weir.graph.Graph.Read#forEach}; and a bot may write any number of queues
 * that others write too, with {@link dev.weir.graph.Sink#queues}.
 */
@NullMarked
package dev.weir.graph;

import org.jspecify.annotations.NullMarked;
