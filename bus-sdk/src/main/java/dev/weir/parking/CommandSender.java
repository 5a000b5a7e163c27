package dev.weir.parking;

import dev.weir.flow.ParkingCommand;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.PutOutcome;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.ChunkEncoder;
import dev.weir.writer.Producer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends commands to lanes, one record each, numbered, so that a copy too many is dropped. After a command that was perhaps not sent it
 * numbers anew under another id: a number that is left out would be waited for. Thread-safe; one command at a time.
 */
final class CommandSender {
    private static final Duration PAUSE_FIRST = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final int INCARNATION_CHARS_MAX = 64;

    /** A dash and up to five digits. */
    private static final int GENERATION_CHARS = 6;

    /** Of the hash of an incarnation: with a bot's name of a hundred characters there is room for so many. 62 bits. */
    private static final int HASH_CHARS = 12;

    private final Lanes lanes;
    private final String bot;
    private final String stream;
    private final Streams streams;
    private final Time time;
    private final String incarnation;
    private final ChunkEncoder chunks = new ChunkEncoder();
    private final Map<Integer, Long> next = new HashMap<>();
    private int generation; // counts the ids under which it has numbered

    CommandSender(Lanes lanes, String bot, String stream, Streams streams, Time time, String incarnation) {
        this.lanes = lanes;
        this.bot = bot;
        this.stream = stream;
        this.streams = streams;
        this.time = time;
        this.incarnation = fitting(bot, incarnation);
    }

    /** Itself, or a hash of it if the producer's id would be too long. */
    private static String fitting(String bot, String incarnation) {
        if (incarnation.isEmpty() || incarnation.length() > INCARNATION_CHARS_MAX || incarnation.indexOf('/') >= 0) {
            throw new IllegalArgumentException("an incarnation has 1 to " + INCARNATION_CHARS_MAX
                    + " characters and no slash: incarnation=" + incarnation);
        }
        boolean fits = ParkingCommand.producer(bot, incarnation).length() + GENERATION_CHARS <= Producer.ID_CHARS_MAX;
        return fits
                ? incarnation
                : Lanes.hashKey(incarnation).toString(Character.MAX_RADIX).substring(0, HASH_CHARS);
    }

    synchronized Answer send(int lane, Json command) {
        // A long command must be the first of its number range: only that is never held back, where it would fit into
        // no item.
        if (command.length() > ParkingCommand.HELD_BYTES_MAX) {
            beginAnew();
        }
        long number = next.getOrDefault(lane, 1L);
        String producer = ParkingCommand.producer(bot, incarnation + "-" + generation);
        chunks.begin(new Chunk(producer, lane, lanes.count(), number));
        chunks.add(command);
        StreamRecord record = new StreamRecord(producer, lanes.firstHash(lane).toString(), chunks.finish());
        Answer answer = put(lane, record);
        switch (answer) {
            case Answer.Sent _ -> next.put(lane, number + 1);
            case Answer.Unknown _, Answer.NotParked _, Answer.Refused _ -> beginAnew();
        }
        return answer;
    }

    private void beginAnew() {
        generation++;
        next.clear();
    }

    private Answer put(int lane, StreamRecord record) {
        long deadlineMillis = time.epochMillis() + ParkedEvents.SEND_MAX.toMillis();
        Duration pause = PAUSE_FIRST;
        for (; ; ) {
            String why;
            switch (streams.put(stream, List.of(record)).getFirst()) {
                case PutOutcome.Accepted _ -> {
                    return new Answer.Sent(lane);
                }
                case PutOutcome.Refused(String reason) -> why = reason;
                case PutOutcome.Unknown(String reason) -> why = reason;
            }
            if (time.epochMillis() + pause.toMillis() >= deadlineMillis) {
                return new Answer.Unknown(why);
            }
            time.pause(pause);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
        }
    }
}
