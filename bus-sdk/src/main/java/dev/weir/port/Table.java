package dev.weir.port;

import org.jspecify.annotations.Nullable;

/**
 * A table and the names of its key attributes, all of them strings.
 *
 * @param name physical name
 * @param partition name of the HASH attribute
 * @param sort name of the RANGE attribute, or null for a table without one
 */
public record Table(String name, String partition, @Nullable String sort) {}
