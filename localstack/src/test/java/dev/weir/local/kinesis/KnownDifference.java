package dev.weir.local.kinesis;

import dev.weir.local.kinesis.StreamCall.Filter;
import dev.weir.local.kinesis.StreamCall.Start;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where kinesis-local 0.6.2 answers otherwise than the service, by its API reference or by what it was seen to answer, and we do not. */
enum KnownDifference {

    /** It has no ValidationException, and looks at fields late or not at all: 501 records, no record, a page of 10,001 shards. */
    CONSTRAINTS_ARE_CHECKED_LATE {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return traits.contains(CallTrait.BREAKS_A_CONSTRAINT) && ours.equals("ValidationException");
        }
    },

    /** It divides 2^128 - 1 by the number of shards, the service 2^128: the borders are some hash keys lower, unless that divides. */
    UNIFORM_SHARDS_ARE_A_LITTLE_LOWER {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return call instanceof StreamCall.Create create
                    && create.shards() > 0
                    && HASH_KEYS_LESS_ONE
                                    .mod(BigInteger.valueOf(create.shards()))
                                    .signum()
                            != 0
                    && open(ours) == create.shards()
                    && open(theirs) == create.shards();
        }
    },

    /** It splits or merges some shards until the number is about right. UNIFORM_SCALING makes them equal, over shards that are closed again. */
    SCALING_IS_NOT_UNIFORM {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            String head = " to=" + scaledTo(call) + " ";
            return call instanceof StreamCall.Scale
                    && ours.contains(head)
                    && theirs.startsWith(ours.substring(0, ours.indexOf(head) + head.length()))
                    && open(ours) == scaledTo(call);
        }
    },

    /** It makes a child without hash keys. The service wants a key within the shard, above its first. */
    SPLITS_AT_THE_FIRST_HASH_KEY {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return traits.contains(CallTrait.CHILD_WOULD_BE_EMPTY) && ours.equals(INVALID) && isAnswer(theirs);
        }
    },

    /** The service answers with InvalidArgumentException: "has already been merged or split". ResourceInUse is of streams. */
    A_CLOSED_SHARD_IS_IN_USE {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return traits.contains(CallTrait.SHARD_IS_CLOSED)
                    && ours.equals(INVALID)
                    && theirs.equals("ResourceInUseException");
        }
    },

    /** It merges a shard with the one above it alone. By the reference shards are adjacent if their hash keys adjoin. */
    MERGES_UPWARDS_ALONE {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return traits.contains(CallTrait.MERGES_DOWNWARDS) && isAnswer(ours) && theirs.equals(INVALID);
        }
    },

    /**
     * It shows shards too that were closed before the time or opened after it, and forgets the filter with the first page. What ours must
     * be is told from the program itself.
     */
    FILTERS_SHOW_TOO_MANY_SHARDS {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return call instanceof StreamCall.ListShards list
                    && (TIMES.contains(list.filter()) || (list.filter() != Filter.NONE && list.pageSize() > 0))
                    && isAnswer(ours)
                    && shards(theirs).containsAll(shards(ours));
        }
    },

    /** It takes a number that is not of the shard, or looks for a shard by it. The service refuses it as an argument. */
    NUMBERS_OF_OTHERS_ARE_TAKEN {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return traits.contains(CallTrait.NUMBER_IS_FOREIGN)
                    && ours.equals(INVALID)
                    && (isAnswer(theirs) || theirs.equals(NOT_FOUND));
        }
    },

    /** The service refuses: "timestampInMillis parameter cannot be greater than the currentTimestampInMillis". */
    A_TIME_TO_COME_IS_TAKEN {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return call instanceof StreamCall.Iterate iterate
                    && iterate.start() == Start.AT_FUTURE
                    && ours.equals(INVALID)
                    && isAnswer(theirs);
        }
    },

    /** It takes half of three shards for one. By the reference a stream is not scaled below half. */
    HALF_IS_ROUNDED_DOWN {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return call instanceof StreamCall.Scale scale
                    && ours.equals(INVALID)
                    && theirs.startsWith("from=" + (2 * scale.shards() + 1) + " to=" + scale.shards() + " ");
        }
    },

    /** Of two faults in one request each names another first; the reference does not say which. */
    ARGUMENTS_OR_THE_STREAM_FIRST {
        @Override
        boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
            return traits.contains(CallTrait.STREAM_IS_UNKNOWN)
                    && Set.of(ours, theirs).equals(Set.of(INVALID, NOT_FOUND));
        }
    };

    private static final String INVALID = "InvalidArgumentException";
    private static final String NOT_FOUND = "ResourceNotFoundException";
    private static final BigInteger HASH_KEYS_LESS_ONE =
            BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final Pattern SHARD_BORDER = Pattern.compile(", | \\| ");
    private static final Set<Filter> TIMES = Set.of(Filter.AT_TRIM_HORIZON, Filter.AT_TIMESTAMP, Filter.FROM_TIMESTAMP);

    /** Whether these answers to this call differ in the known way. */
    abstract boolean explains(StreamCall call, Set<CallTrait> traits, String ours, String theirs);

    /** Which of them it is, if the answers differ. */
    static Optional<KnownDifference> of(StreamCall call, Set<CallTrait> traits, String ours, String theirs) {
        return ours.equals(theirs)
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(known -> known.explains(call, traits, ours, theirs))
                        .findFirst();
    }

    /** Whether the two may hold different things from now on, so that nothing more can be compared. */
    static boolean leavesOtherState(StreamCall call, String ours, String theirs) {
        boolean readsOnly = call instanceof StreamCall.ListShards || call instanceof StreamCall.Iterate;
        return !readsOnly && (isAnswer(ours) || isAnswer(theirs));
    }

    static boolean isAnswer(String text) {
        return !text.endsWith("Exception");
    }

    /** The shards of an answer, whatever its pages. */
    static Set<String> shards(String answer) {
        Set<String> shards = new TreeSet<>(Arrays.asList(SHARD_BORDER.split(answer)));
        shards.remove("");
        return shards;
    }

    private static int scaledTo(StreamCall call) {
        return call instanceof StreamCall.Scale scale ? scale.shards() : 0;
    }

    private static int open(String answer) {
        return answer.split(" open of ", -1).length - 1;
    }
}
