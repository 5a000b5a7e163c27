package dev.weir.local.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A transfer of a test: what it means, and its line as text. */
record Order(String source, String target, BigDecimal amount, String line) {
    private static final List<String> NAMES = List.of("a", "ünï-", "口座", "😀", "b c/", "I", "ı");
    private static final List<String> MEMOS =
            List.of("", ",\"memo\":\"x\"", ", \"outcome\" : \"mine\"", ",\"deep\":{\"a\":[1,null]}");

    static Order of(String source, String target, String amount) {
        return of(source, target, amount, "");
    }

    static Order of(String source, String target, String amount, String more) {
        String line = "{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amount + more + "}";
        return new Order(source, target, new BigDecimal(amount), line);
    }

    /** Deposits first, then transfers of which some are too large; names, scales and other fields of many kinds. */
    static List<Order> generate(long seed, int count) {
        Random random = new Random(seed);
        List<Order> orders = new ArrayList<>();
        int accounts = Math.min(200, 10 + count / 20);
        while (orders.size() < count) {
            boolean deposit = orders.size() < accounts || random.nextInt(12) == 0;
            String source = deposit ? "sweep" : account(random, accounts);
            String target = random.nextInt(12) == 0 ? "sweep" : account(random, accounts);
            orders.add(of(source, target, amount(random), MEMOS.get(random.nextInt(MEMOS.size()))));
        }
        return orders;
    }

    static List<String> lines(List<Order> orders) {
        return orders.stream().map(Order::line).toList();
    }

    String decided(boolean approved) {
        return line.substring(0, line.length() - 1) + ",\"outcome\":\"" + (approved ? "approve" : "deny") + "\"}";
    }

    private static String account(Random random, int accounts) {
        int account = random.nextInt(accounts);
        return NAMES.get(account % NAMES.size()) + account;
    }

    private static String amount(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(1 + random.nextInt(80));
            case 1 -> "1E" + random.nextInt(3);
            case 2 -> BigDecimal.valueOf(1 + random.nextInt(8_000), 2).toPlainString();
            default -> BigDecimal.valueOf(1 + random.nextInt(800_000), 4).toPlainString();
        };
    }
}
