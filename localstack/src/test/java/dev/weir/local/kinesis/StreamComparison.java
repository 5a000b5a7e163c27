package dev.weir.local.kinesis;

import dev.weir.local.kinesis.Programs.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Runs programs on two servers, each call on one and then on the other, and counts what was answered. Not thread-safe. */
final class StreamComparison {
    private final KinesisClient ours;
    private final KinesisClient theirs;
    private final Map<String, Integer> tally = new TreeMap<>();
    private int programs;

    StreamComparison(KinesisClient ours, KinesisClient theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /** The first call that is answered differently and is not a known difference. */
    Optional<Difference> compare(List<StreamCall> program) {
        String prefix = "program-" + programs++ + "-";
        StreamSide left = new StreamSide(ours, prefix);
        StreamSide right = new StreamSide(theirs, prefix);
        List<Instant> moments = new ArrayList<>();
        try {
            for (int i = 0; i < program.size(); i++) {
                StreamCall call = program.get(i);
                if (call instanceof StreamCall.Moment) {
                    moments.add(between());
                }
                Set<CallTrait> traits = left.traits(call);
                String mine = left.answer(call, moments);
                String other = right.answer(call, moments);
                if (call instanceof StreamCall.ListShards list && KnownDifference.isAnswer(mine)) {
                    String expected = left.expect(list, moments);
                    if (!KnownDifference.shards(mine).equals(KnownDifference.shards(expected))) {
                        return Optional.of(new Difference(i, mine, "must show " + expected));
                    }
                }
                Optional<KnownDifference> known = KnownDifference.of(call, traits, mine, other);
                count(call, mine, known);
                if (known.isPresent()) {
                    if (KnownDifference.leavesOtherState(call, mine, other)) {
                        return Optional.empty();
                    }
                    right.forgetIterators(left);
                }
                if (known.isEmpty() && !mine.equals(other)) {
                    return Optional.of(new Difference(i, mine, other));
                }
            }
            return Optional.empty();
        } finally {
            left.clear();
            right.clear();
        }
    }

    /** How often each kind of call was answered in each way, and how often each known difference was met. */
    Map<String, Integer> tally() {
        return tally;
    }

    private void count(StreamCall call, String answer, Optional<KnownDifference> known) {
        String outcome = answer.endsWith("Exception") ? answer : "answered";
        tally.merge(call.getClass().getSimpleName() + " " + outcome, 1, Integer::sum);
        known.ifPresent(difference -> tally.merge("known " + difference, 1, Integer::sum));
    }

    /** A millisecond in which no call is made. */
    private static Instant between() {
        long before = System.currentTimeMillis();
        while (System.currentTimeMillis() <= before + 1) {
            Thread.onSpinWait();
        }
        long moment = System.currentTimeMillis();
        while (System.currentTimeMillis() <= moment) {
            Thread.onSpinWait();
        }
        return Instant.ofEpochMilli(moment);
    }
}
