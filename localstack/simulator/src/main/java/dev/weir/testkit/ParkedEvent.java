package dev.weir.testkit;

/**
 * An event that the bot could not take and put aside.
 *
 * @param text as it was put
 * @param reason why, for people
 */
public record ParkedEvent(String text, String reason) {}
