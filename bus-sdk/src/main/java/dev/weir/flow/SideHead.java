package dev.weir.flow;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;

/**
 * The head of a snapshot or an archive, as it was last seen. Its ids do not all rise with time, so ids alone cannot tell that somebody
 * else wrote meanwhile.
 *
 * @param maxEid the highest id, or an empty text
 * @param writtenMillis the moment in the ids of what was written last; 0 in an archive
 */
record SideHead(String maxEid, long writtenMillis) {
    static final SideHead NONE = new SideHead("", 0);

    private static final String WRITTEN = "written_millis";

    static SideHead of(Item head) {
        return new SideHead(head.textOr("max_eid", ""), head.integerOr(WRITTEN, 0));
    }

    /** Whether nobody wrote since. */
    Condition unchanged() {
        if (maxEid.isEmpty()) {
            return new Condition.AbsentOrBelow("max_eid", Attribute.of("!")); // below every id: absent
        }
        return writtenMillis > 0
                ? new Condition.Equal(WRITTEN, Attribute.of(writtenMillis))
                : new Condition.Equal("max_eid", Attribute.of(maxEid));
    }

    /** The head after something with ids up to this one was written at a moment. */
    SideHead after(String eid, long millis) {
        return new SideHead(eid.compareTo(maxEid) > 0 ? eid : maxEid, millis);
    }

    /** Puts what is known into the attributes of the head. */
    void into(java.util.Map<String, Attribute> attributes) {
        attributes.put("max_eid", Attribute.of(maxEid));
        if (writtenMillis > 0) {
            attributes.put(WRITTEN, Attribute.of(writtenMillis));
        }
    }
}
