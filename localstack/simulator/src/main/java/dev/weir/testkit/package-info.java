/**
 * Tests for bots: the whole bus in memory and virtual time, typed events in, typed results out, and faults everywhere unless you say
 * otherwise.
 *
 * <pre>{@code
 * class OrderTotalsTest {
 *     @RegisterExtension
 *     final BotTest<Long, String, String> bot = BotTest.of(OrderTotals.GRAPH).crashEverywhere().seeds(1000);
 *
 *     @Test
 *     void everyOrderCountsOnce(TestBus<Long, String, String> bus) {
 *         bus.put("{\"customer\":\"alice\",\"cents\":300}", "{\"customer\":\"alice\",\"cents\":400}");
 *
 *         assertThat(bus.state("alice")).isEqualTo(700);
 *     }
 * }
 * }</pre>
 *
 * <p>The method runs once for each seed, and once for each place at which the function can be killed. A failure names the seed and the
 * fewest faults that still show it, and how to run it alone.
 */
@NullMarked
package dev.weir.testkit;

import org.jspecify.annotations.NullMarked;
