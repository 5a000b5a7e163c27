package dev.weir.functions.examples;

import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.To;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A bank that is a Python program of twenty lines, {@code bank.py}, which knows nothing of Weir: transfers in, decided transfers out. It keeps all balances in
 * memory, and none is ever lost. Needs {@code python3} on the path of whatever runs it; without it, transfers wait.
 */
public final class PythonBank {

    /** The program's text, so that it needs no file where it runs. */
    public static final String SOURCE = source();

    /** The bot. */
    public static final Pipeline PIPELINE = Pipeline.of(
            "python-bank",
            Pipeline.from(Feed.queue("bank.transfers", Codec.json()))
                    .keyBy(_ -> "bank")
                    .program("decide", Codec.json(), Program.of("python3", "-c", SOURCE))
                    .to(To.queue("bank.decided", Codec.json())));

    private static String source() {
        try (InputStream in = PythonBank.class.getResourceAsStream("bank.py")) {
            return new String(
                    Objects.requireNonNull(in, "bank.py is not in the jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("bank.py cannot be read", e);
        }
    }

    private PythonBank() {}
}
