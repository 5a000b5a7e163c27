package dev.weir.local.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * A build of Weir with a condition, mark, order or bound less, which a simulation must find out.
 *
 * @param scenario in which it is played
 * @param step where on the way of an event
 * @param name what is missing
 * @param guarantee what that breaks
 * @param faults probabilities of faults that are other than usual, so that few seeds are enough, as a plan's text; empty if none are
 * @param edits what makes the build of the source; several where two mechanisms back each other up
 */
record KnownBadBuild(Simulated scenario, String step, String name, String guarantee, String faults, List<Edit> edits) {

    /**
     * A change of one source file.
     *
     * @param source path of the file, from the root of the repository
     * @param find text that occurs in it exactly once
     * @param replacement what takes its place
     */
    record Edit(String source, String find, String replacement) {

        /** The text of the file after the change. A text that cannot be found shows that the code has moved on and the build must follow. */
        String applyTo(String text) {
            int at = text.indexOf(find);
            if (at < 0 || text.indexOf(find, at + 1) >= 0) {
                throw new AssertionError(
                        "a known bad build does not fit the source any more, its text must occur once: source=" + source
                                + " occurs=" + (at < 0 ? "never" : "more than once") + " text=" + find);
            }
            return text.substring(0, at) + replacement + text.substring(at + find.length());
        }
    }

    /** A build that is played in the ledger. */
    static KnownBadBuild of(String step, String name, String guarantee) {
        return new KnownBadBuild(Simulated.LEDGER, step, name, guarantee, "", List.of());
    }

    /** The build with one change more. */
    KnownBadBuild with(String source, String find, String replacement) {
        return with(List.of(new Edit(source, find, replacement)));
    }

    /** The build with these changes too. */
    KnownBadBuild with(List<Edit> more) {
        List<Edit> all = new ArrayList<>(edits);
        all.addAll(more);
        return new KnownBadBuild(scenario, step, name, guarantee, faults, List.copyOf(all));
    }

    /** The build in a world in which some faults have other probabilities. */
    KnownBadBuild facing(String others) {
        return new KnownBadBuild(scenario, step, name, guarantee, others, edits);
    }

    /** The build, played in this scenario. */
    KnownBadBuild in(Simulated other) {
        return new KnownBadBuild(other, step, name, guarantee, faults, edits);
    }
}
