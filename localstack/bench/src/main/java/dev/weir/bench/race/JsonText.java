package dev.weir.bench.race;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON of the others, by Jackson as it comes; only the order of fields is Weir's, so that results can be compared. Thread-safe. */
public final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .build();

    private final ObjectReader transfers = MAPPER.readerFor(Transfer.class);
    private final ObjectWriter credits = MAPPER.writerFor(Credit.class);
    private final ObjectWriter counts = MAPPER.writerFor(Count.class);

    /** Reads a transfer; throws {@link UncheckedIOException} if it is none. */
    public Transfer transfer(byte[] line) {
        try {
            return transfers.readValue(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not a transfer", e);
        }
    }

    /** The same from text. */
    public Transfer transfer(String line) {
        try {
            return transfers.readValue(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not a transfer", e);
        }
    }

    /** Writes a credit as text. */
    public String text(Credit credit) {
        return text(credits, credit);
    }

    /** Writes a count as text. */
    public String text(Count count) {
        return text(counts, count);
    }

    /** Writes a credit. */
    public byte[] write(Credit credit) {
        return write(credits, credit);
    }

    /** Writes a count. */
    public byte[] write(Count count) {
        return write(counts, count);
    }

    private static String text(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: value=" + value, e);
        }
    }

    private static byte[] write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: value=" + value, e);
        }
    }
}
