package dev.weir.local.audit;

/**
 * A decided transfer.
 *
 * @param transfer as it was sent
 * @param isApproved whether money moved
 */
public record Outcome(Transfer transfer, boolean isApproved) {}
