package dev.weir.port;

import org.jspecify.annotations.Nullable;

/**
 * A table and the names of its key attributes, all of them strings.
 *
 * @param name physical name
 * @param partition name of the HASH attribute
 * @param sort name of the RANGE attribute, or null for a table without one
 * @param changes whether the table publishes every change of an item, with the item before and after it (a DynamoDB stream)
 */
public record Table(String name, String partition, @Nullable String sort, boolean changes) {

    /** A table that publishes no changes. */
    public Table(String name, String partition, @Nullable String sort) {
        this(name, partition, sort, false);
    }
}
