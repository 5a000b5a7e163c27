package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.up.LocalBots;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir new bot}. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Makes what one begins with: a module with a bot of one's own.")
final class NewCommand {

    /** The command with those below it. */
    static CommandLine with(Stdio stdio) {
        return new CommandLine(new NewCommand()).addSubcommand(new Bot(stdio));
    }

    /** {@code ./weir new bot NAME}. */
    @Command(
            name = "bot",
            mixinStandardHelpOptions = true,
            description = "Makes a Maven module with a bot and its test, to be changed into what you want.",
            footer = {
                "",
                "In it `mvn verify` runs the test with every fault there is and builds a jar, which runs here by `./weir up --bots JAR` and on",
                "Lambda. Weir's libraries are on no registry: the command puts them into Maven's repository on this machine, as",
                "`./weir install` does by itself.",
                "Exit code: 0 made, 1 failed, 2 wrong usage. Nothing is left behind unless it is made."
            })
    static final class Bot implements Callable<Integer> {

        /** Names that no jar tells of: the bus's own functions have them. */
        private static final Set<String> OWN = Set.of("archive", "cron", "cron-tick", "heads", "ingest");

        private final Stdio stdio;
        private final Path root = Path.of(System.getProperty("weir.root", "."));

        @Parameters(
                paramLabel = "NAME",
                description = "The bot's name, of lower-case letters, digits and dashes: orders-by-customer.")
        private String name = "";

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "The module's folder, new or empty. Default: NAME, in the folder you are in.")
        private @Nullable Path folder;

        @Option(
                names = "--package",
                paramLabel = "P",
                defaultValue = "bots",
                description = "Java package, and the module's groupId. Default: ${DEFAULT-VALUE}.")
        private String packageName = "";

        @Option(
                names = "--reads",
                paramLabel = "KIND:NAME",
                defaultValue = "stream:orders",
                description = "What the bot reads, stream:NAME or queue:NAME. Default: ${DEFAULT-VALUE}.")
        private String reads = "";

        @Option(names = "--no-install", description = "Weir's libraries are in Maven's repository already.")
        private boolean isInstalled;

        Bot(Stdio stdio) {
            this.stdio = stdio;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            NewBot bot = NewBot.of(name, packageName, reads);
            requireFree(bot.name());
            Map<Path, String> files = NewBotTemplate.in(root).filled(bot);
            NewFolder module = NewFolder.at(folder == null ? Path.of(name) : folder);
            if (!isInstalled && install() != 0) {
                stdio.err().println("weir: Weir's libraries could not be installed, so nothing was made");
                return Main.FAILED;
            }
            module.write(files);
            print(bot, module.path());
            return 0;
        }

        private static void requireFree(String name) {
            Set<String> taken = new TreeSet<>(OWN);
            LocalBots.found().forEach(bot -> taken.add(bot.name()));
            if (taken.contains(name)) {
                throw new UsageException(
                        "there is a bot of this name, choose another: NAME=" + name + " taken=" + taken);
            }
        }

        /** The launch script builds, one at a time. Its words are for people. */
        private int install() throws IOException, InterruptedException {
            ProcessBuilder script = new ProcessBuilder(root.resolve("weir").toString(), "install")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            script.environment().put("WEIR_JAVA_HOME", System.getProperty("java.home", ""));
            return script.start().waitFor();
        }

        private void print(NewBot bot, Path module) {
            PrintStream out = new PrintStream(stdio.out(), true, StandardCharsets.UTF_8);
            String weir = root.toAbsolutePath().normalize().resolve("weir").toString();
            List.of(
                            "made " + module + ": a bot that reads the " + bot.feed() + " " + bot.feedName()
                                    + ", and its test",
                            "",
                            "  cd " + module,
                            "  mvn verify",
                            "  " + weir + " up --bots target/" + bot.name() + ".jar",
                            "",
                            "in another terminal:",
                            "",
                            "  echo '{\"id\":\"o-1\",\"customer\":\"alice\",\"cents\":300}' | " + weir + " put "
                                    + bot.put(),
                            "  " + weir + " read " + bot.name() + ".totals --from beginning")
                    .forEach(out::println);
        }
    }
}
