package dev.weir.local.kinesis;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a log from its start. The end of a process can only cut the last entry short, so a last entry that is not whole or whose checksum
 * is wrong is left out; the same anywhere else is damage, and is refused instead of losing what follows. One use, not thread-safe.
 */
final class LogReader {

    private final Path path;
    private final DataInputStream in;
    private final long fileBytes;
    private long wholeBytes;
    private long records;

    LogReader(Path path, DataInputStream in, long fileBytes) {
        this.path = path;
        this.in = in;
        this.fileBytes = fileBytes;
    }

    /** Hands out every whole entry and answers with how many records they held. */
    long readAll(Consumer<Change> changes) throws IOException {
        if (!Arrays.equals(in.readNBytes(LogEntry.MAGIC_BYTES), LogEntry.magic())) {
            throw new IllegalStateException("not a log of the local Kinesis, name another file: path=" + path);
        }
        wholeBytes = LogEntry.MAGIC_BYTES;
        while (readEntry(changes)) {
            // all is in the condition
        }
        return records;
    }

    /** How many bytes from the start hold whole entries. */
    long wholeBytes() {
        return wholeBytes;
    }

    private boolean readEntry(Consumer<Change> changes) throws IOException {
        long restBytes = fileBytes - wholeBytes - LogEntry.HEAD_BYTES;
        if (restBytes < 0) {
            return false;
        }
        int length = in.readInt();
        int crc = in.readInt();
        if (length < 1 || length > LogEntry.BODY_BYTES_MAX) {
            throw damaged("length=" + length);
        }
        if (length > restBytes) {
            return false;
        }
        byte[] body = in.readNBytes(length);
        if (LogEntry.crc(body, 0, length) != crc) {
            if (length == restBytes) {
                return false;
            }
            throw damaged("checksum is wrong, length=" + length);
        }
        hand(ChangeCodec.read(body), changes);
        wholeBytes += LogEntry.HEAD_BYTES + length;
        return true;
    }

    private void hand(Change change, Consumer<Change> changes) {
        if (change instanceof Change.RecordsPut put) {
            records += put.records().size();
        }
        changes.accept(change);
    }

    private IllegalStateException damaged(String what) {
        return new IllegalStateException(
                "the log is damaged before its end; restore it or delete it and lose its streams: " + what + " offset="
                        + wholeBytes + " path=" + path);
    }
}
