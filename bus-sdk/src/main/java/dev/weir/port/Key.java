package dev.weir.port;

import org.jspecify.annotations.Nullable;

/**
 * The key of one item.
 *
 * @param table where the item lives
 * @param partition value of the table's HASH attribute, 1 to 2,048 bytes of UTF-8
 * @param sort value of the table's RANGE attribute, 1 to 1,024 bytes of UTF-8; null exactly when the table has none
 */
public record Key(Table table, String partition, @Nullable String sort) {
    public Key {
        if ((sort == null) != (table.sort() == null)) {
            throw new IllegalArgumentException("key must have a sort value exactly when its table has one: table="
                    + table.name() + " partition=" + partition + " sort=" + sort);
        }
    }
}
