package dev.weir.flow;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which version of a bot serves a lane, as the lane's checkpoint says. Immutable.
 *
 * @param version who serves it; {@link Version#NONE} if whoever comes may, as on a bus without versions
 * @param barred the highest version that ever served it: what is not above cannot take it by itself, so that neither a version that was left
 *     behind nor one that was gone back from comes again
 */
record Serving(Version version, Version barred) {
    private static final String VERSION = "version";
    private static final String BARRED = "barred";

    /** Of a lane that no version ever served. */
    static final Serving ANYBODY = new Serving(Version.NONE, Version.NONE);

    static Serving from(Item item) {
        return new Serving(new Version(item.integerOr(VERSION, 0)), new Version(item.integerOr(BARRED, 0)));
    }

    /** Empty if no version ever served the lane: the checkpoint then is as if there were no versions. */
    Map<String, Attribute> toAttributes() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        if (!version.isNone()) {
            attributes.put(VERSION, Attribute.of(version.number()));
        }
        if (!barred.isNone()) {
            attributes.put(BARRED, Attribute.of(barred.number()));
        }
        return attributes;
    }

    /** Whether a run of this version may serve the lane. */
    boolean admits(Version run) {
        return version.isNone() || run.equals(version) || run.number() > barred.number();
    }

    /** What it is from the next commit of this version on. */
    Serving by(Version run) {
        return run.isNone() ? this : new Serving(run, barred.orHigher(run));
    }
}
