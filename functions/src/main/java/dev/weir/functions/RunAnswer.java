package dev.weir.functions;

import dev.weir.bot.RunOutcome;
import dev.weir.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the function of an invoked bot answers: for people, since the bot's row tells the bus. */
final class RunAnswer {
    private RunAnswer() {}

    /** @param outcome empty if there was no run */
    static void write(Optional<RunOutcome> outcome, OutputStream answer) throws IOException {
        String said = outcome.map(RunAnswer::say).orElse("{\"status\":\"skipped\"}");
        answer.write(said.getBytes(StandardCharsets.UTF_8));
    }

    private static String say(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Done(long entries) -> "{\"status\":\"done\",\"entries\":" + entries + "}";
            case RunOutcome.More(long entries) -> "{\"status\":\"more\",\"entries\":" + entries + "}";
            case RunOutcome.Failed(long entries, String reason) ->
                "{\"status\":\"failed\",\"entries\":" + entries + ",\"reason\":" + Json.quoted(reason) + "}";
        };
    }
}
