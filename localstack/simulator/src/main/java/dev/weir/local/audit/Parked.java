package dev.weir.local.audit;

/**
 * An event that was taken out of the way.
 *
 * @param line its text
 * @param reason why
 */
public record Parked(String line, String reason) {}
