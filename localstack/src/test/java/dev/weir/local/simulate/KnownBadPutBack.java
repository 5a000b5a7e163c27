package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.LOW_BOUNDS;

import java.util.List;

/** Known bad builds of what becomes of parked events that are put back or dropped. */
final class KnownBadPutBack {
    private static final String AGAIN = FLOW + "Again.java";
    private static final String PACK = FLOW + "Pack.java";
    private static final String PUT_BACK = FLOW + "PutBack.java";

    private KnownBadPutBack() {}

    static List<KnownBadBuild> all() {
        return List.of(
                build("what takes effect stays parked", "exactly once")
                        .with(AGAIN, "lane.draft.parking().change(store.removal(event), event);", ""),
                build("what is put back is removed in a commit of its own, before its effects", "nothing lost")
                        .with(LOW_BOUNDS)
                        .with(
                                AGAIN,
                                "        for (; ; ) {",
                                "        gone(event);\n        if (!room.commit()) {\n            return Outcome.STOPPED;\n        }\n        for (; ; ) {"),
                build("what is put back is removed in a commit of its own, after its effects", "exactly once")
                        .with(
                                AGAIN,
                                "                        return gone(event);",
                                "                        return room.commit() ? gone(event) : Outcome.STOPPED;"),
                build("what fails again is forgotten", "nothing lost")
                        .with(AGAIN, "change(store.change(tried), tried)", "change(store.removal(tried), tried)"),
                build("what fails again frees its key", "in order")
                        .with(
                                AGAIN,
                                "        return Outcome.STAYS;",
                                "        unblock(event);\n        return Outcome.STAYS;"),
                build("a key stays blocked when all of it was put back", "one bad event stops nobody else")
                        .with(AGAIN, "slot.parked - 1", "slot.parked"),
                build("a key is free when the first of it was put back", "in order")
                        .with(AGAIN, "slot.parked - 1", "0"),
                build("a key goes on behind an event that failed again", "in order")
                        .with(PUT_BACK, "return keepPayload(wish, event.id());", ""),
                build("a key is put back from the event that is named", "in order")
                        .with(
                                PUT_BACK,
                                "for (ParkedEvent event : page) {\n                if (!wish.means(event)",
                                "for (ParkedEvent event : page) {\n                if (wish.id != null && event.id().fence() < wish.id.fence()) {\n                    continue;\n                }\n                if (!wish.means(event)"),
                build("what came late is held against the numbers of its key", "nothing lost")
                        .with(AGAIN, "Mark.Arrival arrival = isLate ||", "Mark.Arrival arrival ="),
                build("the id of what comes among new events is not looked up", "exactly once")
                        .facing("record-late=0.1")
                        .with(
                                AGAIN,
                                "fact.id() != null && lane.ids.contains(fact.id());",
                                "fact.id() == null && fact.id() != null;"),
                build("a dropped event takes effect", "as the operator says")
                        .with(PUT_BACK, "lane.draft.parking().change(store.removal(event), event);", ""),
                build("a dropped event is not told", "nothing silent")
                        .with(PUT_BACK, "lane.draft.parking().tellDropped(note, event.arrivalMillis());", ""),
                build("a dropped event leaves its key blocked", "one bad event stops nobody else")
                        .with(PUT_BACK, "again.unblock(event);", ""),
                build("parked events are not told", "nothing silent")
                        .with(
                                PACK,
                                "results(lane, parking.parked(), graph.name() + \".parked\", nowMillis, writes, heads);",
                                ""),
                build("parked events are told outside the commit that parks them", "exactly once")
                        .with(FLOW + "ParkedDraft.java", "        parked.clear();\n", ""),
                build("changes of parked events are done again by the next commit", "exactly once")
                        .with(FLOW + "ParkedDraft.java", "        changes.clear();\n", ""));
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("put back", name, guarantee).in(Simulated.POISON);
    }
}
