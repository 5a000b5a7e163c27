package dev.weir.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.local.bus.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The properties of a resource, or of an object in them. Each is asked for by name; what nobody has asked for at the {@link #end} is unknown,
 * and refused, as CloudFormation does. Not thread-safe.
 */
final class Properties {
    private final Place place;
    private final String prefix;
    private final JsonNode object;
    private final Resolver resolver;
    private final Set<String> asked = new HashSet<>();

    Properties(Place place, JsonNode object, Resolver resolver) {
        this(place, "", object, resolver);
    }

    private Properties(Place place, String prefix, JsonNode object, Resolver resolver) {
        this.place = place;
        this.prefix = prefix;
        this.object = object;
        this.resolver = resolver;
        if (!object.isObject() && !object.isMissingNode()) {
            throw place.refusal("an object is expected", prefix, object);
        }
    }

    /** What it is must be otherwise. */
    UsageException refusal(String rule, String property, Object value) {
        return place.refusal(rule, prefix + property, value);
    }

    private Optional<JsonNode> value(String property) {
        asked.add(property);
        JsonNode value = object.path(property);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(resolver.value(value, place));
    }

    private UsageException missing(String property) {
        return refusal("a property is missing", "missing", property);
    }

    String text(String property) {
        return textIfAny(property).orElseThrow(() -> missing(property));
    }

    Optional<String> textIfAny(String property) {
        return value(property).map(value -> {
            if (value.isContainerNode()) {
                throw refusal("a text is expected", property, value);
            }
            return value.asText();
        });
    }

    /** One of some words. */
    String word(String property, List<String> allowed) {
        return known(property, text(property), allowed);
    }

    Optional<String> wordIfAny(String property, List<String> allowed) {
        return textIfAny(property).map(word -> known(property, word, allowed));
    }

    private String known(String property, String word, List<String> allowed) {
        if (!allowed.contains(word)) {
            throw refusal("must be one of " + String.join(", ", allowed), property, word);
        }
        return word;
    }

    int number(String property, int min, int max) {
        return numberIfAny(property, min, max).orElseThrow(() -> missing(property));
    }

    OptionalInt numberIfAny(String property, int min, int max) {
        Optional<String> text = textIfAny(property);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        String rule = "must be a whole number from " + min + " to " + max;
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException _) {
            // said below, with the value
        }
        throw refusal(rule, property, text.get());
    }

    /** -1, which means without bound, or a number in bounds; -1 is the default too. */
    int numberOrUnbounded(String property, int min, int max) {
        return textIfAny(property).filter("-1"::equals).isPresent()
                ? -1
                : numberIfAny(property, min, max).orElse(-1);
    }

    boolean flag(String property, boolean otherwise) {
        return wordIfAny(property, List.of("true", "false")).map("true"::equals).orElse(otherwise);
    }

    Optional<Properties> object(String property) {
        return value(property).map(value -> new Properties(place, prefix + property + ".", value, resolver));
    }

    /** A list of objects; empty if it is not there. */
    List<Properties> objects(String property) {
        List<Properties> objects = new ArrayList<>();
        for (JsonNode element : list(property)) {
            String at = prefix + property + "[" + objects.size() + "].";
            objects.add(new Properties(place, at, element, resolver));
        }
        return objects;
    }

    /** A list of texts; empty if it is not there. */
    List<String> texts(String property) {
        List<String> texts = new ArrayList<>();
        list(property).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private JsonNode list(String property) {
        JsonNode list = value(property).orElse(JsonNodeFactory.instance.arrayNode());
        if (!list.isArray()) {
            throw refusal("a list is expected", property, list);
        }
        return list;
    }

    /** Texts by name, whatever the names are. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            all.put(field.getKey(), text(field.getKey()));
        }
        return all;
    }

    /** These have no meaning on this machine, or change nothing of what runs. */
    void pass(String... properties) {
        asked.addAll(List.of(properties));
    }

    /** This would change what runs, and is not done on this machine. */
    void refuse(String property, String mend) {
        value(property).ifPresent(value -> {
            throw refusal("this is not done on this machine, " + mend, property, value);
        });
    }

    /** All that is there has been asked for. */
    void end() {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!asked.contains(field.getKey())) {
                throw refusal("an unknown property, remove it or correct its name", field.getKey(), field.getValue());
            }
        }
    }
}
