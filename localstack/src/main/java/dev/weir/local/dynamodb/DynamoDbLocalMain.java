package dev.weir.local.dynamodb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The main class of the child process: locks the data directory for as long as the process lives, then runs DynamoDB Local.
 *
 * <p>It is run by {@link dev.weir.local.process.ChildMain}, which ends the process with its parent, and like that class it uses classes
 * of the JDK alone, because nothing else of ours is on the class path of DynamoDB Local.
 */
public final class DynamoDbLocalMain {

    /** How often a locked data directory is tried: a process whose parent was killed needs a moment to end. */
    static final int LOCK_TRIES_MAX = 100;

    static final int LOCK_PAUSE_MILLIS = 50;

    /** Exit status when the data directory stays locked. */
    static final int EXIT_LOCKED = 76;

    /** Stands for "no file to lock". */
    static final String NO_LOCK = "-";

    private DynamoDbLocalMain() {}

    /**
     * Runs until the process is ended.
     *
     * @param args the file to lock or {@value #NO_LOCK}, the main class to run, and its arguments
     * @throws Exception what that main class throws
     */
    public static void main(String[] args) throws Exception {
        try (FileChannel channel = NO_LOCK.equals(args[0]) ? null : open(Path.of(args[0]))) {
            if (channel != null && !isLocked(channel)) {
                System.err.println("another process uses the data directory, stop it first: lock=" + args[0]);
                System.exit(EXIT_LOCKED);
            }
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 2, args.length));
            // That main returns when the server runs. A channel that nobody refers to is closed and gives its lock
            // away,
            // so this thread stays and keeps it.
            Thread.currentThread().join();
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Tries for a while. The operating system releases the lock when the process ends. */
    private static boolean isLocked(FileChannel channel) throws IOException, InterruptedException {
        for (int i = 0; i < LOCK_TRIES_MAX; i++) {
            if (channel.tryLock() != null) {
                return true;
            }
            Thread.sleep(LOCK_PAUSE_MILLIS);
        }
        return false;
    }
}
