package dev.weir.local.kinesis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a model in one append-only file, format in {@link LogEntry}. An append is written to the operating system before it
 * returns, and not forced to the device: it survives the end of the process, not that of the machine.
 *
 * <p>Use: {@link #replay} once, then perhaps {@link #rewrite}, then {@link #append}. Thread-safe.
 */
final class KinesisLog implements Journal {

    private final Path path;
    private final FileChannel lock;
    private final LogEntry entry = new LogEntry();
    private @Nullable RandomAccessFile file;
    private long lengthBytes;

    /** Takes the lock file beside the log. */
    KinesisLog(Path path) {
        this.path = path;
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            this.lock = FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the lock of the log: path=" + path, e);
        }
        takeLock();
    }

    private void takeLock() {
        try {
            if (lock.tryLock() != null) {
                return;
            }
            lock.close();
        } catch (OverlappingFileLockException _) {
            closeLock();
        } catch (IOException e) {
            throw failed("lock", e);
        }
        throw new IllegalStateException("the log is in use, close the other server first: path=" + path);
    }

    /**
     * Hands out every change in the order of their appends, cuts off a last entry that is not whole, and opens the file for appends.
     *
     * @return how many records the changes held
     */
    synchronized long replay(Consumer<Change> changes) {
        try {
            if (!Files.exists(path) || Files.size(path) < LogEntry.MAGIC_BYTES) {
                Files.write(path, LogEntry.magic());
            }
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
                var reader = new LogReader(path, in, Files.size(path));
                long records = reader.readAll(changes);
                openAt(reader.wholeBytes());
                return records;
            }
        } catch (IOException e) {
            throw failed("replay", e);
        }
    }

    /** Replaces the file by one that holds these changes alone. A crash leaves the old file or the new one. */
    synchronized void rewrite(Consumer<Consumer<Change>> changes) {
        Path fresh = beside(".new");
        try {
            try (var out = new DataOutputStream(Files.newOutputStream(fresh))) {
                out.write(LogEntry.magic());
                changes.accept(change -> writeTo(out, change));
            }
            closeFile();
            moveOver(fresh);
            openAt(Files.size(path));
        } catch (IOException e) {
            throw failed("rewrite", e);
        }
    }

    @Override
    public synchronized void append(Change change) {
        RandomAccessFile out = requireOpen();
        entry.encode(change);
        try {
            out.write(entry.array(), 0, entry.length());
            lengthBytes += entry.length();
        } catch (IOException e) {
            cutBack(out);
            throw failed("append", e);
        }
    }

    /** What a failed write left must not stand before the next entry; if it cannot be removed the log takes no more. */
    private void cutBack(RandomAccessFile out) {
        try {
            out.setLength(lengthBytes);
            out.seek(lengthBytes);
        } catch (IOException _) {
            closeFile();
        }
    }

    private void writeTo(DataOutputStream out, Change change) {
        entry.encode(change);
        try {
            out.write(entry.array(), 0, entry.length());
        } catch (IOException e) {
            throw failed("rewrite", e);
        }
    }

    private void openAt(long wholeBytes) throws IOException {
        var opened = new RandomAccessFile(path.toFile(), "rw");
        opened.setLength(wholeBytes);
        opened.seek(wholeBytes);
        file = opened;
        lengthBytes = wholeBytes;
    }

    private void moveOver(Path fresh) throws IOException {
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private RandomAccessFile requireOpen() {
        if (file == null) {
            throw new IllegalStateException("the log is closed, open the model again: path=" + path);
        }
        return file;
    }

    @Override
    public synchronized void close() {
        closeFile();
        closeLock();
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw failed("close", e);
        } finally {
            file = null;
        }
    }

    private void closeLock() {
        try {
            lock.close();
        } catch (IOException e) {
            throw failed("close", e);
        }
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private UncheckedIOException failed(String step, IOException cause) {
        return new UncheckedIOException("the log of the local Kinesis failed: step=" + step + " path=" + path, cause);
    }
}
