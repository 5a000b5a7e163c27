package dev.weir.port;

import java.util.List;
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

    /**
     * Changes values within an item, keeps all others; creates the item if it does not exist. All edits happen or none, and each sees the
     * item as it was before the write. It ends as {@link WriteOutcome.ConditionFailed} also when the item has another shape than the
     * edits need: the map around a path is missing or is no map, or a number is added to what is no number.
     *
     * @param edits 1 to {@link ItemLimits#EDITS_MAX}; no path lies within another's, and none begins with an attribute of the key
     */
    record Edits(Key key, List<Edit> edits, Condition condition) implements Write {
        public Edits {
            edits = List.copyOf(edits);
        }
    }

    /** Removes the item; succeeds if it does not exist, unless the condition says otherwise. */
    record Delete(Key key, Condition condition) implements Write {}
}
