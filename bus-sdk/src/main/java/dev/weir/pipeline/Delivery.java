package dev.weir.pipeline;

/**
 * Takes a result out of the bus: calls a service, sends a mail. See {@link To#function}.
 *
 * <pre>{@code
 * orders.to(To.function("mails", Codec.of(Order.class), (order, key) -> mailer.send(order.customer(), key)))
 * }</pre>
 *
 * @param <T> type of the results
 */
@FunctionalInterface
public interface Delivery<T> {

    /**
     * Returns when it is done. Throws {@link dev.weir.graph.RetryLaterException} if it cannot be done now and is to be tried again; any
     * other exception says that it never can be done, and parks the result.
     *
     * @param idempotencyKey of this result: the same if it is delivered again, and no other's. At most 200 characters of letters, digits,
     *     and {@code . _ - / :}
     */
    void deliver(T value, String idempotencyKey);
}
