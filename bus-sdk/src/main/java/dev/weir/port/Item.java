package dev.weir.port;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stored item: its key and its other attributes. Immutable.
 *
 * <p>The typed getters throw {@link IllegalStateException} with the key and the attribute when the value has another type:
 * the table holds something that Weir did not write.
 *
 * @param key the item's key
 * @param attributes the attributes that are not part of the key
 */
public record Item(Key key, Map<String, Attribute> attributes) {

    public @Nullable Attribute get(String name) {
        return attributes.get(name);
    }

    public String text(String name) {
        return attributes.get(name) instanceof Attribute.Text text ? text.value() : wrong(name, "text");
    }

    public String textOr(String name, String fallback) {
        return attributes.containsKey(name) ? text(name) : fallback;
    }

    public BigDecimal number(String name) {
        return attributes.get(name) instanceof Attribute.Number number ? number.value() : wrong(name, "number");
    }

    public long integer(String name) {
        return number(name).longValueExact();
    }

    public long integerOr(String name, long fallback) {
        return attributes.containsKey(name) ? integer(name) : fallback;
    }

    public byte[] bytes(String name) {
        return attributes.get(name) instanceof Attribute.Bytes bytes ? bytes.value() : wrong(name, "bytes");
    }

    /** The entries of a map attribute; empty when the attribute is absent. */
    public Map<String, Attribute> struct(String name) {
        if (!attributes.containsKey(name)) {
            return Map.of();
        }
        return attributes.get(name) instanceof Attribute.Struct struct ? struct.value() : wrong(name, "map");
    }

    /** A builder in the order of its calls. */
    public static Builder at(Key key) {
        return new Builder(key);
    }

    private <T> T wrong(String name, String expected) {
        throw new IllegalStateException(
                "attribute is not a " + expected + ": table=" + key.table().name() + " partition=" + key.partition()
                        + " sort=" + key.sort() + " attribute=" + name + " value=" + attributes.get(name));
    }

    /** Collects attributes. Not thread-safe. */
    public static final class Builder {
        private final Key key;
        private final Map<String, Attribute> attributes = new LinkedHashMap<>();

        private Builder(Key key) {
            this.key = key;
        }

        public Builder with(String name, Attribute value) {
            attributes.put(name, value);
            return this;
        }

        public Builder with(String name, String value) {
            return with(name, Attribute.of(value));
        }

        public Builder with(String name, long value) {
            return with(name, Attribute.of(value));
        }

        public Builder with(String name, byte[] value) {
            return with(name, Attribute.of(value));
        }

        public Item build() {
            return new Item(key, attributes);
        }
    }
}
