package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Chunk;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What an encoder writes, its decoder reads. */
class WirePropertyTest {

    @Property(tries = 500)
    void chunks(
            @ForAll("names") String producer,
            @ForAll @IntRange(min = 1, max = 4096) int lanes,
            @ForAll @IntRange(min = 0) int lane,
            @ForAll @LongRange(min = 1, max = ChunkHeader.SEQ_MAX) long seq,
            @ForAll @IntRange(min = 1, max = 9) int level,
            @ForAll("lines") List<String> lines) {
        var chunk = new Chunk(producer, lane % lanes, lanes, seq);
        var encoder = new ChunkEncoder(level);
        encoder.begin(chunk);
        lines.forEach(line -> encoder.add(Json.of(line)));
        assertThat(encoder.lines()).isEqualTo(lines.size());
        List<Json> expected = lines.stream()
                .map(line -> Json.of(line.replace('\n', ' ').replace('\r', ' ').strip()))
                .toList();
        assertThat(new RecordDecoder().decode(encoder.finish()))
                .containsExactly(new RecordDecoder.Part(null, chunk, expected, null));
    }

    @Property(tries = 500)
    void envelopes(
            @ForAll("names") String id,
            @ForAll("names") String event,
            @ForAll long source,
            @ForAll long timestamp,
            @ForAll @IntRange(min = 0) int eid) {
        long sourceMillis = source % 1_000_000_000_000_000_000L;
        long millis = timestamp % 1_000_000_000_000_000_000L;
        var sink = new ByteSink();
        new EnvelopeEncoder(id, event, sink).line(Json.of("{}"), sourceMillis, millis, eid);
        Envelope read = Envelope.parse(new Json(sink.array(), 0, sink.size() - 1));
        assertThat(read)
                .isEqualTo(new Envelope(
                        id,
                        event,
                        null,
                        Json.of("{}"),
                        sourceMillis,
                        millis,
                        null,
                        Json.of(Integer.toString(eid)),
                        Map.of()));
    }

    @Property(tries = 300)
    void aggregates(@ForAll("keys") List<String> keys, @ForAll("values") String value) {
        List<byte[]> contents = keys.stream()
                .map(key -> (Json.quoted(key) + "\n" + value).getBytes(StandardCharsets.UTF_8))
                .toList();
        List<RecordDecoder.Part> parts =
                new RecordDecoder().decode(KplFuzzTest.sealed(KplFuzzTest.message(keys, contents)));
        assertThat(parts).extracting(RecordDecoder.Part::partitionKey).isEqualTo(keys);
        for (int i = 0; i < keys.size(); i++) {
            var alone = new RecordDecoder().decode(contents.get(i)).getFirst();
            assertThat(parts.get(i).lines()).isEqualTo(alone.lines());
        }
    }

    @Property
    void ids(
            @ForAll @LongRange(min = 0, max = Eid.MILLIS_MAX) long millis,
            @ForAll @LongRange(min = 0, max = Eid.INDEX_MAX) long index) {
        var eid = new Eid(millis, index);
        assertThat(Eid.parse(eid.toString())).contains(eid);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("ab\"\\\n\r\t\u0000\u001f/:é✓{}\u007f")
                .ofMinLength(1)
                .ofMaxLength(126)
                .map(text -> text + "😀");
    }

    /** JSON with white space of every kind around and inside. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "1", "{}", "{\n\"a\":\r\n[ ]}", "\t\"é😀\\n\" ", "{\"_cmd\":\"x\"}", "\r\n-0.50e3\n", "null");
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return values().list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<String>> keys() {
        return names().list().ofMinSize(1).ofMaxSize(6);
    }
}
