package dev.weir.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Enough of CBOR (RFC 8949) to answer as Kinesis does: maps, arrays, texts and whole numbers, each below 65,536 long or large. */
final class Cbor {
    private static final int UNSIGNED = 0;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Cbor() {}

    static byte[] of(Map<String, ?> value) {
        Cbor cbor = new Cbor();
        cbor.write(value);
        return cbor.out.toByteArray();
    }

    private void write(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                head(MAP, map.size());
                map.forEach((name, element) -> {
                    write(name);
                    write(element);
                });
            }
            case List<?> list -> {
                head(ARRAY, list.size());
                list.forEach(this::write);
            }
            case Integer number -> head(UNSIGNED, number);
            default -> {
                byte[] utf8 = value.toString().getBytes(StandardCharsets.UTF_8);
                head(TEXT, utf8.length);
                out.writeBytes(utf8);
            }
        }
    }

    private void head(int major, int length) {
        out.write(major << 5 | 25);
        out.write(length >> 8);
        out.write(length);
    }
}
