package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any text as the id of an event. */
class EidFuzzTest implements FuzzTests {

    @Fuzz
    void isNoneOrComesBack(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<Eid> eid = Eid.parse(text);
        eid.ifPresent(id -> {
            assertThat(id.toString()).hasSameSizeAs(text).endsWith(text.substring(text.lastIndexOf('/')));
            assertThat(Eid.parse(id.toString())).contains(id);
        });
    }
}
