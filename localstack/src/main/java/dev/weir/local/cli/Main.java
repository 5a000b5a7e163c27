package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code ./weir}: exit code 0 for done, 1 for failed, 2 for a mistake in the call, 3 for done but with parked events. */
@Command(
        name = "weir",
        description = "An event bus on AWS without servers: every event takes effect exactly once and in order.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        version = "weir 0.1.0")
public final class Main {

    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int PARKED = 3;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** The command without the exit. */
    public static int run(String... args) {
        return run(Stdio.ofProcess(), args);
    }

    /** The command without the exit, on streams of the caller's. */
    static int run(Stdio stdio, String... args) {
        CommandLine command = new CommandLine(new Main())
                .addSubcommand(new LedgerCommand(stdio))
                .addSubcommand(new DemoCommand(stdio))
                .addSubcommand(new SimulateCommand(stdio))
                .addSubcommand(new UpCommand(stdio, new CountDownLatch(1)))
                .addSubcommand(new EnvCommand(stdio))
                .addSubcommand(new PutCommand(stdio, new CountDownLatch(1)))
                .addSubcommand(new ReadCommand(stdio))
                .addSubcommand(new BotsCommand(stdio))
                .addSubcommand(new PauseCommand(stdio))
                .addSubcommand(new ResumeCommand(stdio))
                .addSubcommand(new RunCommand(stdio))
                .addSubcommand(new CheckpointCommand(stdio))
                .addSubcommand(new TakeoverCommand(stdio))
                .addSubcommand(NewCommand.with(stdio))
                .addSubcommand(ParkedCommand.with(stdio))
                .addSubcommand(new TraceCommand(stdio))
                .addSubcommand(new CostCommand(stdio))
                .setOut(new PrintWriter(stdio.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(stdio.err(), true, stdio.err().charset()))
                .setParameterExceptionHandler((mistake, _) -> mistaken(mistake))
                .setExecutionExceptionHandler((failure, line, _) -> failed(failure, line));
        if (args.length == 0) {
            command.usage(command.getErr());
            return USAGE;
        }
        return command.execute(args);
    }

    private static int mistaken(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String help = "; see ./" + command.getCommandSpec().qualifiedName() + " --help";
        command.getErr().println("weir: " + oneLine(mistake) + help);
        return USAGE;
    }

    /** One line for people; the stack trace only for who asks for it. */
    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        boolean usage = failure instanceof UsageException;
        err.println("weir: " + oneLine(failure));
        if (Boolean.getBoolean("weir.debug")) {
            failure.printStackTrace(err);
        } else if (!usage) {
            err.println("weir: for the stack trace: WEIR_JAVA_OPTS=-Dweir.debug=true");
        }
        return usage ? USAGE : FAILED;
    }

    private static String oneLine(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.toString()
                : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
