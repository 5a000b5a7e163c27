package dev.weir.local.mapping;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.weir.model.Record;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes the event that Lambda gives to a function for Kinesis, and knows its size to the byte before it is written.
 *
 * <p>Format: AWS Lambda Developer Guide, "Using Lambda with Kinesis", example event; no white space. Thread-safe.
 */
final class EventJson {
    /** Bytes around the records: <code>{"Records":[]}</code>. */
    static final int FRAME_BYTES = 14;

    private static final byte[] OPEN = utf8("{\"Records\":[");
    private static final byte[] CLOSE = utf8("]}");
    private static final byte[] BEFORE_KEY = utf8("{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"");
    private static final byte[] BEFORE_NUMBER = utf8("\",\"sequenceNumber\":\"");
    private static final byte[] BEFORE_DATA = utf8("\",\"data\":\"");
    private static final byte[] BEFORE_ARRIVAL = utf8("\",\"approximateArrivalTimestamp\":");
    private static final byte[] BEFORE_ID =
            utf8("},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"");
    private static final int FIXED_BYTES =
            BEFORE_KEY.length + BEFORE_NUMBER.length + BEFORE_DATA.length + BEFORE_ARRIVAL.length + BEFORE_ID.length;

    private final byte[] afterId;

    EventJson(MappingSettings settings) {
        this.afterId = utf8(
                "\",\"eventName\":\"aws:kinesis:record\",\"invokeIdentityArn\":\"arn:aws:iam::" + settings.account()
                        + ":role/weir-local\",\"awsRegion\":\"" + settings.region() + "\",\"eventSourceARN\":\""
                        + settings.streamArn()
                        + "\"}");
    }

    /** Bytes of one record within an event, without the comma before it. */
    int sizeOf(Record record) {
        return FIXED_BYTES
                + afterId.length
                + escaped(record.partitionKey()).length
                + record.sequenceNumber().digits().length()
                + (record.data().length + 2) / 3 * 4
                + seconds(record.arrivalMillis()).length()
                + eventId(record).length();
    }

    byte[] write(List<Record> records) {
        var out = new ByteArrayOutputStream(1024 * records.size());
        out.writeBytes(OPEN);
        for (int i = 0; i < records.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            write(out, records.get(i));
        }
        out.writeBytes(CLOSE);
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out, Record record) {
        out.writeBytes(BEFORE_KEY);
        out.writeBytes(escaped(record.partitionKey()));
        out.writeBytes(BEFORE_NUMBER);
        out.writeBytes(utf8(record.sequenceNumber().digits()));
        out.writeBytes(BEFORE_DATA);
        out.writeBytes(Base64.getEncoder().encode(record.data()));
        out.writeBytes(BEFORE_ARRIVAL);
        out.writeBytes(utf8(seconds(record.arrivalMillis())));
        out.writeBytes(BEFORE_ID);
        out.writeBytes(utf8(eventId(record)));
        out.writeBytes(afterId);
    }

    private static String eventId(Record record) {
        return record.shardId() + ":" + record.sequenceNumber().digits();
    }

    /** Seconds with three decimals, written by hand: a double would lose or grow digits. */
    private static String seconds(long epochMillis) {
        long millis = Math.floorMod(epochMillis, 1000L);
        return Math.floorDiv(epochMillis, 1000L) + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis;
    }

    private static byte[] escaped(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
