package dev.weir.bench.race;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs a contestant: a round for each line on standard input, and for each a line on standard output. */
public final class Starter {
    private Starter() {}

    /** Makes a contestant. */
    public interface Maker {
        Contestant make(Input input) throws Exception;
    }

    /** The main program of each side. What else is printed goes to standard error. Ends the process. */
    public static void run(String[] arguments, Maker maker) {
        PrintStream answers = System.out;
        System.setOut(System.err);
        int status = 0;
        try (Contestant contestant = maker.make(Input.of(arguments))) {
            answers.println("ready");
            serve(contestant, answers);
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        System.exit(status);
    }

    private static void serve(Contestant contestant, PrintStream answers) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (commands.readLine() != null) {
            System.gc();
            answers.println(contestant.round().text());
        }
    }
}
