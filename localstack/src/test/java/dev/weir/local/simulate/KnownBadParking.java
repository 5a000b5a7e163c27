package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.LOW_BOUNDS;
import static dev.weir.local.simulate.KnownBadBuilds.LOW_MEMORY;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of what becomes of events for which the bot's code throws. */
final class KnownBadParking {
    private static final String EVENT_RUN = FLOW + "EventRun.java";
    private static final String FOLD = FLOW + "Fold.java";
    private static final String JOURNAL_FORMAT = FLOW + "JournalFormat.java";
    private static final String PACK = FLOW + "Pack.java";
    private static final String SLOTS = FLOW + "Slots.java";
    private static final String TRANSFORM = FLOW + "Transform.java";

    private KnownBadParking() {}

    static List<KnownBadBuild> all() {
        return Stream.of(order(), traces(), items(), memory())
                .flatMap(List::stream)
                .toList();
    }

    private static List<KnownBadBuild> order() {
        return List.of(
                build("poison is dropped, not parked", "nothing lost")
                        .with(EVENT_RUN, "return !isRogue() && parkInOrder", "return !isRogue() || parkInOrder"),
                build("later events of a parked key take effect", "in order")
                        .with(EVENT_RUN, "if (slot.parked > 0) {", "if (slot.parked < 0) {"),
                build("later events of a parked key are dropped", "nothing lost")
                        .with(
                                EVENT_RUN,
                                "if (slot.parked > 0) {",
                                "if (slot.parked > 0 && id == null) {\n            return true;\n        }\n        if (slot.parked > 0) {"),
                build("what comes late in its key blocks the key", "nothing lost")
                        .facing("record-late=0.1")
                        .with(EVENT_RUN, "place == Place.APART ? slot.parked : slot.parked + 1", "slot.parked + 1"),
                build("the sequence of a key stands still at a parked event", "in order")
                        .with(EVENT_RUN, "slot, mark, place ==", "slot, slot.sequence, place =="),
                build("the id of poison is forgotten", "exactly once")
                        .with(EVENT_RUN, "mark, reason) && remember(id);", "mark, reason);"),
                build("the id of an event that is parked behind another is forgotten", "exactly once")
                        .with(EVENT_RUN, "Place.BEHIND) && remember(id);", "Place.BEHIND);"));
    }

    private static List<KnownBadBuild> traces() {
        String threw = "} catch (RuntimeException | StackOverflowError e) {\n            lane.slots.undoTo(before);\n"
                + "            lane.draft.undoResult();\n            return new Outcome.Threw(";
        return List.of(
                build("what the bot did before it threw stays", "exactly once")
                        .with(TRANSFORM, threw, threw.replace("lane.slots.undoTo(before);", "")),
                build("the state that the bot changed before it threw stays", "exactly once")
                        .with(SLOTS, "slot.value = undo.value;", ""),
                build("what the bot added to another lane before it threw stays", "exactly once")
                        .with(SLOTS, "undo.additions.remove(undo.key);", "{}"),
                build("what the bot added once more to another lane before it threw stays", "exactly once")
                        .with(SLOTS, "undo.additions.put(undo.key, undo.value);", ""),
                build("more is taken back than poison did", "nothing lost")
                        .with(TRANSFORM, threw, threw.replace("undoTo(before)", "undo(); lane.slots.remote().clear()")),
                build("looking ahead leaves state", "exactly once")
                        .with(LOW_BOUNDS)
                        .with(
                                EVENT_RUN,
                                "        lane.slots.undo();\n    }\n\n    private void probe",
                                "    }\n\n    private void probe"),
                build("looking ahead leaves results", "exactly once")
                        .with(LOW_BOUNDS)
                        .with(
                                EVENT_RUN,
                                "case Transform.Outcome.Applied _ -> transform.undoResult();",
                                "case Transform.Outcome.Applied _ -> {}"));
    }

    private static List<KnownBadBuild> items() {
        return List.of(
                build("parked events are not in the commit", "nothing lost")
                        .with(PACK, "writes.add(new Write.Put(item.build(), Condition.ALWAYS));", ""),
                build("parked events are in the wrong order", "in order")
                        .with(PACK, "SortKeys.PARKED, fence, i)", "SortKeys.PARKED, fence, events.size() - 1 - i)"),
                build("parked events of later commits take the place of earlier ones", "nothing lost")
                        .with(PACK, "SortKeys.PARKED, fence, i)", "SortKeys.PARKED, 0, i)"),
                build("a parked event does not say its key", "in order")
                        .with(PACK, "if (event.key() != null) {", "if (event.key() == null && event.key() != null) {"),
                build("parked events are parked again by the next commit", "exactly once")
                        .with(FLOW + "Draft.java", "parked.clear();", ""),
                build("a foreign event is parked as the command in which it travelled", "as it was sent")
                        .with(FLOW + "ParkingCommand.java", "? inner", "? line"));
    }

    private static List<KnownBadBuild> memory() {
        return List.of(
                build("a mark alone makes no change", "in order").with(SLOTS, "change(slot, 64);", ""),
                build("the journal does not say that a key is parked", "in order")
                        .with(JOURNAL_FORMAT, "if (slot.parked > 0) {", "if (slot.parked < 0) {"),
                build("the journal leaves out keys without a value", "in order")
                        .with(
                                PACK,
                                "for (Slot<V> slot : lane.slots.changed()) {",
                                "for (Slot<V> slot : lane.slots.changed().stream().filter(each -> each.present).toList()) {"),
                build("the row does not say that a key is parked", "in order")
                        .with(LOW_BOUNDS)
                        .with(FOLD, "if (slot.parked > 0) {", "if (slot.parked < 0) {"),
                build("a key without a value gets no row", "in order")
                        .with(LOW_BOUNDS)
                        .with(FOLD, "share.stream().map(", "share.stream().filter(slot -> slot.present).map("),
                build("of a row it is not read that its key is parked", "in order")
                        .with(LOW_BOUNDS)
                        .with(SLOTS, "slot.parked = (int) row.integerOr(\"parked\", 0);", ""),
                build("of a row without a value nothing is read", "in order")
                        .with(LOW_BOUNDS)
                        .with(
                                SLOTS,
                                "Slot<V> slot = slot(row.key().partition());",
                                "Slot<V> slot = slot(row.key().partition());\n        if (row.get(\"value\") == null) {\n            return;\n        }"),
                build("keys leave memory before their row is written", "in order")
                        .with(LOW_MEMORY)
                        .with(SLOTS, "slot.version < journalFrom && slot.draft != draft", "slot.draft != draft"),
                build("a key that left memory is taken for new", "in order")
                        .with(LOW_MEMORY)
                        .with(SLOTS, "complete &= slot.lane != lane || slot.version == 0;", ""));
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("parking", name, guarantee).in(Simulated.POISON);
    }
}
