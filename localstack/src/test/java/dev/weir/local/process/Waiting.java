package dev.weir.local.process;

import java.util.concurrent.CountDownLatch;

/** A program for child processes: says that it runs and then waits for ever, or fails. */
public final class Waiting {

    private Waiting() {}

    public static void main(String[] args) throws InterruptedException {
        if (args[0].equals("fail")) {
            throw new IllegalStateException("told to fail");
        }
        System.out.println("running " + args[0]);
        new CountDownLatch(1).await();
    }
}
