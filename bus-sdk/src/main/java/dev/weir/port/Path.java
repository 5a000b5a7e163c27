package dev.weir.port;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies in an item: the name of an attribute, then names within maps, from the outside in. Elements of sequences have no path.
 *
 * @param names 1 to {@link ItemLimits#PATH_NAMES_MAX}, none empty; a name may have any characters, also dots
 */
public record Path(List<String> names) {

    public Path {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > ItemLimits.PATH_NAMES_MAX || names.contains("")) {
            throw new IllegalArgumentException(
                    "a path has 1 to " + ItemLimits.PATH_NAMES_MAX + " names and none is empty: names=" + names);
        }
    }

    public static Path of(String... names) {
        return new Path(List.of(names));
    }

    /** The path of a value within the map that lies here. */
    public Path then(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new Path(longer);
    }

    /** The name of the attribute in which the path begins. */
    public String attribute() {
        return names.getFirst();
    }

    /** Whether one of the two lies within the other, or both are the same. */
    public boolean overlaps(Path other) {
        int shared = Math.min(names.size(), other.names.size());
        return names.subList(0, shared).equals(other.names.subList(0, shared));
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
