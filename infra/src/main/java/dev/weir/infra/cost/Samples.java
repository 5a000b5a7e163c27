package dev.weir.infra.cost;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Samples for the bots that come with Weir. */
final class Samples {
    private static final String WORDS =
            "the weir lets a river through in good order and no drop is lost or counted twice";
    private static final String[] WORD_LIST = WORDS.split(" ");
    private static final int ONE_IN = 10;
    private static final int CENTS_MAX = 10_000;

    /** From here on the clock of sample events counts a millisecond each. */
    private static final long FIRST_MILLIS = 1_800_000_000_000L;

    private static final Map<String, Sample> BUILT_IN = Map.of(
            "ledger", new Transfers(),
            "word-count", (number, load) -> line(number, load),
            "stock-tracker", (number, load) -> trade(number, load),
            "stock-keeper", (number, load) -> movement(number, load),
            "denials", (number, load) -> outcome(number, load));

    private Samples() {}

    static Optional<Sample> builtIn(String bot) {
        return Optional.ofNullable(BUILT_IN.get(bot));
    }

    /** Transfers between accounts that are all alike, one in ten from the outside world; first one to each account. */
    private static final class Transfers implements Sample {
        @Override
        public Json event(long number, Load load) {
            boolean funds = number < load.keys();
            String target = account(funds ? number : mixed(number, 1) % load.keys());
            boolean outside = funds || mixed(number, 2) % ONE_IN == 0;
            String source = outside ? "sweep" : account(mixed(number, 3) % load.keys());
            return transfer(source, target, funds ? 1_000_000 : 1 + mixed(number, 4) % CENTS_MAX, load);
        }

        @Override
        public long preparing(Load load) {
            return load.keys();
        }
    }

    private static Json transfer(String source, String target, long cents, Load load) {
        String amount = cents / 100 + "." + cents / 10 % 10 + cents % 10;
        return padded("{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amount, load);
    }

    private static Json outcome(long number, Load load) {
        return padded(
                "{\"source\":\"" + account(mixed(number, 1) % load.keys()) + "\",\"target\":\""
                        + account(mixed(number, 2) % load.keys()) + "\",\"amount\":1.00,\"outcome\":\""
                        + (number % 2 == 0 ? "deny" : "approve") + "\"",
                load);
    }

    /** Words of a sentence and numbered ones, as many as fit. */
    private static Json line(long number, Load load) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i == 0 || text.length() + 8 < load.eventBytes(); i++) {
            long draw = mixed(number, 10 + i);
            text.append(i == 0 ? "" : " ");
            text.append(draw % 3 == 0 ? "w" + draw / 3 % load.keys() : WORD_LIST[(int) (draw / 3 % WORD_LIST.length)]);
        }
        return Json.of(text.append('"').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Json trade(long number, Load load) {
        return padded(
                "{\"symbol\":\"S" + mixed(number, 1) % load.keys() + "\",\"price\":" + (100 + mixed(number, 2) % 10)
                        + ".50,\"shares\":" + (1 + mixed(number, 3) % 1_000) + ",\"atMillis\":"
                        + (FIRST_MILLIS + number),
                load);
    }

    private static Json movement(long number, Load load) {
        String order = number % 2 == 0 ? "" : ",\"order\":\"o" + number + "\"";
        return padded(
                "{\"item\":\"i" + mixed(number, 1) % load.keys() + "\",\"count\":" + (1 + mixed(number, 2) % 9) + order,
                load);
    }

    private static String account(long index) {
        String digits = Long.toString(index);
        return "acct" + "0".repeat(Math.max(0, 7 - digits.length())) + digits;
    }

    /** With a field that nobody reads, until it has the size; its text does not compress to nothing. */
    private static Json padded(String open, Load load) {
        int missing = load.eventBytes() - open.length() - ",\"memo\":\"\"}".length();
        if (missing <= 0) {
            return Json.of((open + "}").getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder memo = new StringBuilder(open).append(",\"memo\":\"");
        for (long i = 0, seed = open.hashCode(); i < missing; i++) {
            String word = WORD_LIST[(int) (mixed(seed, i) % WORD_LIST.length)];
            memo.append(i % 6 == 5 ? ' ' : word.charAt((int) (i % word.length())));
        }
        return Json.of(memo.append("\"}").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A number that looks drawn, the same for the same arguments; not negative. Source: splitmix64, Steele and others, 2014. */
    private static long mixed(long number, long salt) {
        long z = number * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & Long.MAX_VALUE;
    }
}
