package dev.weir.port;

import java.util.Map;

/** One conditional write. */
public sealed interface Write {

    Key key();

    Condition condition();

    /** Replaces the whole item. */
    record Put(Item item, Condition condition) implements Write {
        @Override
        public Key key() {
            return item.key();
        }
    }

    /** Sets the given attributes, keeps the others; creates the item if it does not exist. */
    record Update(Key key, Map<String, Attribute> set, Condition condition) implements Write {}

    /** Removes the item; succeeds if it does not exist, unless the condition says otherwise. */
    record Delete(Key key, Condition condition) implements Write {}
}
