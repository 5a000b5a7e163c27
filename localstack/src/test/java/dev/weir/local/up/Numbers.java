package dev.weir.local.up;

import dev.weir.bot.Bot;
import dev.weir.graph.Puller;
import dev.weir.model.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A bus with a bot that brings the numbers from 0 on, a few at a time; as a process it is there to be killed. */
public final class Numbers {

    /** The queue that they come into. */
    static final String QUEUE = "numbers";

    private static final int PULL = 3;

    private Numbers() {}

    /** @param wakers tables whose changes run it at once */
    static Bot.Source bot(int count, String schedule, List<String> wakers) {
        return new Bot.Source(
                "counter", QUEUE, schedule, wakers, List.of(), List.of(), _ -> (cursor, _) -> pull(count, cursor));
    }

    private static Optional<Puller.Pulled> pull(int count, String cursor) {
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(count, from + PULL);
        return from == count
                ? Optional.empty()
                : Optional.of(new Puller.Pulled(numbers(from, to), Integer.toString(to)));
    }

    private static List<Json> numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Json.of(Integer.toString(number)))
                .toList();
    }

    /** Runs until it is killed: {@code Numbers <data directory> <count>}. */
    public static void main(String[] args) throws InterruptedException {
        Path data = Path.of(args[0]);
        Bot bot = bot(Integer.parseInt(args[1]), "* * * * * *", List.of());
        UpOptions options =
                new UpOptions(OptionalInt.empty(), 1, Optional.of(data), 0, List.of(bot), System.err::println);
        try (Up up = Up.start(options)) {
            up.address().write(data);
            Thread.currentThread().join();
        }
    }
}
