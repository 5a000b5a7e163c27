package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Where an operation writes the fields of its reply; the braces around them are the server's.
 *
 * @param out at a place inside an object
 * @param format for timestamps
 */
record Reply(JsonGenerator out, WireFormat format) {

    void text(String field, String value) throws IOException {
        out.writeStringField(field, value);
    }

    void number(String field, long value) throws IOException {
        out.writeNumberField(field, value);
    }

    void flag(String field, boolean value) throws IOException {
        out.writeBooleanField(field, value);
    }

    void timestamp(String field, long epochMillis) throws IOException {
        format.writeTimestamp(out, field, epochMillis);
    }
}
