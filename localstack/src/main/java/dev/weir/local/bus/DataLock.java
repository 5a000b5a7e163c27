package dev.weir.local.bus;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A data directory has one user at a time. The lock goes with the process, however that ends. */
public final class DataLock implements Closeable {
    private final FileChannel file;

    private DataLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock; creates the directory if it is not there.
     *
     * @throws UsageException if another command has it, or the directory cannot be used
     */
    public static DataLock acquire(Path data) {
        try {
            Files.createDirectories(data);
            FileChannel file =
                    FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(file);
            if (lock == null) {
                file.close();
                throw new UsageException("data directory is in use by another command: --data=" + data);
            }
            return new DataLock(file);
        } catch (IOException e) {
            throw new UsageException("data directory cannot be used: --data=" + data + " reason=" + e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
