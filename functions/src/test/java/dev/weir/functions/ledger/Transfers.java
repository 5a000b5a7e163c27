package dev.weir.functions.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Transfers as text, and back by a pattern that shares nothing with the bot's own reader. */
final class Transfers {
    private static final Pattern LINE =
            Pattern.compile("\\{\"source\":\"([^\"]*)\",\"target\":\"([^\"]*)\",\"amount\":([0-9.]+)([,}].*)");

    private Transfers() {}

    static String line(String source, String target, String amount) {
        return "{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amount + "}";
    }

    /** The same transfer with one more field, as JSON text: {@code "id":"x"}. */
    static String with(String line, String field) {
        return line.substring(0, line.length() - 1) + "," + field + "}";
    }

    static String decided(String line, boolean approved) {
        return with(line, "\"outcome\":\"" + (approved ? "approve" : "deny") + "\"");
    }

    static String approved(String line) {
        return decided(line, true);
    }

    static String denied(String line) {
        return decided(line, false);
    }

    static String source(String line) {
        return matched(line).group(1);
    }

    static String target(String line) {
        return matched(line).group(2);
    }

    static BigDecimal amount(String line) {
        return new BigDecimal(matched(line).group(3));
    }

    private static Matcher matched(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a transfer of a test: line=" + line);
        }
        return matcher;
    }

    /** Deposits for each account, and then transfers between them of which some are too large. */
    static List<String> traffic(Random random, int accounts, int transfers) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            lines.add(line("sweep", "a" + i, amount(random, 100_00)));
        }
        while (lines.size() < transfers) {
            String source = random.nextInt(10) == 0 ? "sweep" : "a" + random.nextInt(accounts);
            String target = random.nextInt(10) == 0 ? "sweep" : "a" + random.nextInt(accounts);
            lines.add(line(source, target, amount(random, 60_00)));
        }
        return lines;
    }

    private static String amount(Random random, int centsMax) {
        return BigDecimal.valueOf(1 + random.nextInt(centsMax), 2).toPlainString();
    }
}
