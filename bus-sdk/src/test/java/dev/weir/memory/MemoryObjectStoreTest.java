package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.ObjectStore;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.ObjectStoreContract;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {
    private final MemoryObjectStore memory = new MemoryObjectStore();

    @Override
    protected ObjectStore objects() {
        return memory;
    }

    /** Not in the contract: s3proxy lists in the order of Java, where surrogates come first. S3 lists in that of UTF-8. */
    @Test
    void keysSortByTheirBytesAlsoAboveTheFirstPlane() {
        memory.put("\uD83D\uDC22", new byte[0], IfPresent.REPLACE);
        memory.put("\uFFEE", new byte[0], IfPresent.REPLACE);

        assertThat(memory.list("", "", 10)).containsExactly("\uFFEE", "\uD83D\uDC22");
        assertThat(memory.list("", "\uFFEE", 10)).containsExactly("\uD83D\uDC22");
    }

    /** Not in the contract: a server that keeps its objects as files cannot. */
    @Test
    void aKeyMayBeAFolderOfOthers() {
        memory.put("a", new byte[1], IfPresent.REPLACE);
        memory.put("a/b", new byte[2], IfPresent.REPLACE);

        assertThat(memory.size("a")).hasValue(1);
        assertThat(memory.list("", "", 10)).containsExactly("a", "a/b");
    }
}
