package dev.weir.local.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The standard streams that a command works on.
 *
 * @param in input of the command
 * @param out its results; unbuffered, and unlike {@link System#out} it fails when nobody reads any more
 * @param err everything that is for people
 */
record Stdio(InputStream in, OutputStream out, PrintStream err) {

    static Stdio ofProcess() {
        return new Stdio(System.in, new FileOutputStream(FileDescriptor.out), System.err);
    }
}
