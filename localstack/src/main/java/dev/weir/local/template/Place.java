package dev.weir.local.template;

import dev.weir.local.bus.UsageException;

/**
 * Where something stands in a template, for people.
 *
 * @param template name of the file
 * @param resource logical id
 * @param type of the resource
 * @param path of the construct that made it, as the CDK notes it; empty if nobody did
 */
record Place(String template, String resource, String type, String path) {

    /** Something there is not as it must be. The rule says what must be, and what to do if that is not plain. */
    UsageException refusal(String rule, String property, Object value) {
        return new UsageException(rule + ": template=" + template + " resource=" + resource
                + (path.isEmpty() ? "" : " path=" + path) + " type=" + type
                + (property.isEmpty() ? "" : " " + property + "=" + value));
    }

    /** The same about the resource as a whole. */
    UsageException refusal(String rule) {
        return refusal(rule, "", "");
    }
}
