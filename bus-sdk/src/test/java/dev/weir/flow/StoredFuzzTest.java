package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Any bytes in the place of what a lane stored: checkpoint, held events, journal, commands. What cannot be read stops the lane with one of a few
 * exceptions, and never makes it go on with something else.
 */
class StoredFuzzTest implements FuzzTests {

    private static final Key CHECKPOINT = new Key(new Table("t", "lane", "item"), "bot/lane-0", "checkpoint");

    private final JsonCursor cursor = new JsonCursor();

    @Fuzz
    void marksComeBack(byte[] input) {
        String text = text(input);
        read(() -> Mark.parse(text)).ifPresent(mark -> {
            assertThat(Mark.parse(mark.text())).isEqualTo(mark);
            assertThat(mark.gaps())
                    .hasSize((int) text.chars().filter(c -> c == ',').count());
        });
    }

    @Fuzz
    void producersComeBack(byte[] input) {
        var stored = checkpoint("marks", text(input));
        read(() -> Marks.from(stored)).ifPresent(marks -> assertThat(
                        Marks.from(checkpoint("marks", marks.toAttribute())).toAttribute())
                .isEqualTo(marks.toAttribute()));
    }

    @Fuzz
    void positionsComeBack(byte[] input) {
        String text = text(input);
        read(() -> Positions.from(checkpoint("positions", text))).ifPresent(positions -> {
            if (!isSequenceNumber(positions.in("s").at())) {
                return;
            }
            var again = Positions.from(checkpoint("positions", positions.toAttribute()));
            assertThat(again.in("s")).isEqualTo(positions.in("s"));
            assertThat(positions.in("s").at()).isEqualTo(new SequenceNumber(text.substring(0, text.indexOf(':'))));
        });
    }

    /** As many events come out as lines went in that are no headers. */
    @Fuzz
    void heldEventsComeBackAndNoneIsLost(byte[] input) {
        read(() -> HeldFormat.read(input, StoredSamples.decode())).ifPresent(entries -> {
            var sink = new ByteSink();
            long lines = 0;
            for (Held.Entry<String> entry : entries) {
                if (!isSequenceNumber(entry.parcel.origin().sequenceNumber())) {
                    return;
                }
                HeldFormat.write(entry, sink);
                lines += 1 + entry.count();
            }
            assertThat(lines).isEqualTo(lineFeeds(input));
            List<Held.Entry<String>> again = HeldFormat.read(sink.toBytes(), StoredSamples.decode());
            assertThat(again.stream().map(StoredSamples::shown).toList())
                    .isEqualTo(entries.stream().map(StoredSamples::shown).toList());
        });
    }

    @Fuzz
    void theJournalComesBack(byte[] input) {
        read(() -> StoredSamples.replayed(input)).ifPresent(slots -> {
            var sink = new ByteSink();
            slots.changedSince(1).forEach(slot -> JournalFormat.write(slot, StoredSamples.RAW, sink));
            assertThat(StoredSamples.shown(StoredSamples.replayed(sink.toBytes())))
                    .isEqualTo(StoredSamples.shown(slots));
            assertThat((long) slots.changedSince(1).size()).isLessThanOrEqualTo(lineFeeds(input));
        });
    }

    @Fuzz
    void commandsComeBackOrAreNone(byte[] input) {
        Json line = Json.of(input);
        switch (Command.parse(line, cursor)) {
            case Command.Add add ->
                assertThat(Command.parse(Command.add("bot", add.key(), add.value()), cursor))
                        .isEqualTo(add);
            case Command.Forward forward -> {
                Json written = Command.forward("bot", forward.line());
                assertThat(Command.suspects(written)).isTrue();
                assertThat(Command.parse(written, cursor)).isEqualTo(forward);
            }
            case Command.Hop hop ->
                assertThat(Command.parse(Command.hop("bot", hop.line()), cursor))
                        .isEqualTo(hop);
            case Command.Parking parking ->
                assertThat(Command.parse(written(parking), cursor)).isEqualTo(parking);
            case null -> {}
        }
    }

    /** As an operator's program writes it; it cuts words that are too long, so what has them is left as it is. */
    private static Json written(Command.Parking command) {
        return switch (command) {
            case Command.PutBackKey(String key) -> ParkingCommand.putBack("bot", key);
            case Command.PutBack(ParkedId id, String key, Json line) ->
                ParkingCommand.putBack("bot", StoredSamples.parked(id, key), Optional.ofNullable(line));
            case Command.Drop(ParkedId id, String key, String by, String why) -> {
                assumeThat(Math.max(by.length(), why.length())).isLessThanOrEqualTo(ParkingCommand.WORDS_CHARS_MAX);
                yield ParkingCommand.drop("bot", StoredSamples.parked(id, key), by, why);
            }
        };
    }

    /** Whether Kinesis could have given it: others are refused with the event, and are never stored. */
    private static boolean isSequenceNumber(SequenceNumber number) {
        return number.digits().matches("[0-9]+");
    }

    private static long lineFeeds(byte[] input) {
        long count = 0;
        for (byte b : input) {
            count += b == '\n' ? 1 : 0;
        }
        return count;
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static Item checkpoint(String field, String text) {
        return checkpoint(field, Attribute.of(Map.of("s", Attribute.of(text))));
    }

    private static Item checkpoint(String field, Attribute value) {
        return Item.at(CHECKPOINT).with(field, value).build();
    }

    /** Empty if it is refused. Other exceptions, and errors, are not refusals. */
    private static <R> Optional<R> read(Supplier<R> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
