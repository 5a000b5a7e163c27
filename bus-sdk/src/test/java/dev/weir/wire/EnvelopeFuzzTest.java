package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import java.util.Arrays;

/** Any bytes as a line: an RStreams envelope, a chunk header, or an event. */
class EnvelopeFuzzTest implements FuzzTests {

    private final ChunkHeader header = new ChunkHeader();

    /** There are two readers of envelopes, one that allocates nothing and one that reads all fields. They must agree with each other and the cursor. */
    @Fuzz
    void bothReadersFindTheSamePayload(byte[] input) {
        Json line = Json.of(input);
        Json payload = Envelope.payloadOf(line);
        assertThat(payload).isEqualTo(payloadByCursor(line));
        Envelope envelope = Envelope.parse(line);
        if (envelope != null && envelope.payload() != null) {
            assertThat(payload).isEqualTo(envelope.payload());
        }
        if (envelope != null) {
            assertThat(JsonCursorFuzzTest.isJson(input)).isTrue();
            envelope.others().values().forEach(value -> assertThat(JsonCursorFuzzTest.isJson(value.toBytes()))
                    .isTrue());
        }
    }

    private static Json payloadByCursor(Json line) {
        var cursor = new JsonCursor();
        cursor.reset(line);
        boolean event = false;
        Json payload = line;
        boolean found = false;
        for (boolean more = cursor.enterObject() && cursor.nextField(); more; more = cursor.nextField()) {
            event |= cursor.fieldIs(JsonCursor.ascii("event"));
            if (cursor.fieldIs(JsonCursor.ascii("payload"))) {
                payload = cursor.raw();
                found = true;
            }
        }
        return cursor.expectEnd() && event && found && payload != null ? payload : line;
    }

    /** The payload may be anything that is JSON, one level below the deepest: the envelope is a level of its own. */
    @Fuzz
    void whatTheEncoderWritesComesBack(byte[] input) {
        int end = JsonText.value(input, 0, input.length, JsonCursor.DEPTH_MAX - 1);
        if (end < 0) {
            return;
        }
        var sink = new ByteSink();
        new EnvelopeEncoder("bot \"é\"", "queue\\", sink).line(new Json(input, 0, end), -7, 1_795_194_307_123L, 42);
        byte[] line = Arrays.copyOf(sink.array(), sink.size() - 1);
        Envelope envelope = Envelope.parse(Json.of(line));
        assertThat(envelope).isNotNull();
        assertThat(new Object[] {envelope.id(), envelope.event(), envelope.eventSourceTimestamp(), envelope.timestamp()
                })
                .containsExactly("bot \"é\"", "queue\\", -7L, 1_795_194_307_123L);
        assertThat(envelope.eid()).isEqualTo(Json.of("42"));
        var payload = new ByteSink();
        payload.putOnOneLine(new Json(input, 0, end));
        assertThat(envelope.payload()).isEqualTo(Json.of(payload.toBytes()));
        assertThat(Envelope.payloadOf(Json.of(line))).isEqualTo(envelope.payload());
        assertThat(sink.toBytes()).as("one line").containsOnlyOnce('\n');
    }

    /** A header that is accepted is within its bounds, and is read back as it was written. */
    @Fuzz
    void aHeaderIsOrdinaryOrMalformedOrComesBack(byte[] input) {
        switch (header.read(Json.of(input))) {
            case ChunkHeader.Header(Chunk chunk) -> {
                assertThat(JsonCursorFuzzTest.isJson(input)).isTrue();
                assertThat(chunk.producer().length()).isBetween(1, ChunkHeader.PRODUCER_CHARS_MAX);
                assertThat(chunk.lanes()).isBetween(1, Lanes.COUNT_MAX);
                assertThat(chunk.lane()).isBetween(0, chunk.lanes() - 1);
                assertThat(chunk.seq()).isBetween(1L, ChunkHeader.SEQ_MAX);
                var sink = new ByteSink();
                ChunkHeader.write(chunk, sink);
                assertThat(header.read(new Json(sink.array(), 0, sink.size() - 1)))
                        .isEqualTo(new ChunkHeader.Header(chunk));
            }
            case ChunkHeader.Malformed(String why) -> assertThat(why).isNotEmpty();
            case ChunkHeader.Ordinary() -> {}
        }
    }
}
