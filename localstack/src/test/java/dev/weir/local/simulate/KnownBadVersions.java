package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.PIPELINE;

import java.util.List;

/** Known bad builds of what keeps versions of a bot apart that are alive at once, and of what one keeps for the other. */
final class KnownBadVersions {
    private static final String HANDOVER = FLOW + "Handover.java";
    private static final String LANE_STORE = FLOW + "LaneStore.java";
    private static final String PACK = FLOW + "Pack.java";
    private static final String SERVING = FLOW + "Serving.java";
    private static final String STEP_STATES = PIPELINE + "StepStates.java";
    private static final String TAKEOVER = FLOW + "Takeover.java";

    private KnownBadVersions() {}

    static List<KnownBadBuild> all() {
        return List.of(
                build("versions are not looked at when a lane is loaded")
                        .with(
                                LANE_STORE,
                                "version.filter(run -> !serving.admits(run))",
                                "version.filter(run -> false)"),
                build("a version that is above the one that serves a lane takes it, though it had been left")
                        .with(SERVING, "run.number() > barred.number();", "run.number() > version.number();"),
                build("a version that takes a lane does not bar those below it")
                        .with(SERVING, "barred.orHigher(run)", "barred"),
                build("commits do not store who serves the lane")
                        .with(PACK, "lane.serving.toAttributes().forEach(item::with);", ""),
                build("a takeover does not raise the fence")
                        .with(
                                TAKEOVER,
                                "set.put(\"fence\", Attribute.of(fence + 1));",
                                "set.put(\"fence\", Attribute.of(fence));"),
                build("a takeover does not bar the version that is left")
                        .with(TAKEOVER, "new Serving(version, barred);", "new Serving(version, version);"),
                build("a lane without a checkpoint is anybody's, whatever was chosen")
                        .with(
                                LANE_STORE,
                                "items.get(bus.serving(graph.name())).map(Serving::from)",
                                "Optional.<Serving>empty()"),
                build("the first commit of a lane does not ask what was chosen meanwhile")
                        .with(HANDOVER, "if (isFirst) {", "if (isFirst && before == null) {"),
                build("a row loses the state of steps that a version does not have", "nothing lost")
                        .with(
                                STEP_STATES,
                                "newValues, texts(slot, text), others)",
                                "newValues, texts(slot, text), Map.of())"));
    }

    private static KnownBadBuild build(String name) {
        return build(name, "one version serves a lane");
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("versions", name, guarantee).in(Simulated.VERSIONS);
    }
}
