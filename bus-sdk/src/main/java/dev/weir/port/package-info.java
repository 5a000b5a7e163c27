/**
 * What Weir needs from the world, as interfaces: {@link dev.weir.port.Items} (a transactional item store of the shape of
 * DynamoDB), {@link dev.weir.port.Streams} (a partitioned log of the shape of Kinesis) and {@link dev.weir.port.Time}.
 *
 * <p>Each port comes with a contract suite in the test sources; every adapter (memory, aws, simulator) passes the same one.
 */
@NullMarked
package dev.weir.port;

import org.jspecify.annotations.NullMarked;
