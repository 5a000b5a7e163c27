package dev.weir.local.cli;

import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Environment;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eval "$(./weir env)"}. */
@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        description =
                "Prints what makes AWS clients and leo-sdk find the bus that is up, for the shell: eval \"$(./weir env)\".",
        footer = {
            "",
            "AWS SDKs and tools of 2023 and later read AWS_ENDPOINT_URL_<SERVICE>. aws-sdk 2 for JavaScript, on which leo-sdk 6 is built,",
            "does not: a file that node loads first by NODE_OPTIONS teaches it to. leo-sdk reads RSTREAMS_CONFIG. Neither is changed."
        })
final class EnvCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    private UpMixin up = new UpMixin();

    EnvCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Address address = up.address();
        PrintStream out = new PrintStream(stdio.out(), true, StandardCharsets.UTF_8);
        try (Connection connection = Connection.to(address)) {
            new Environment(address, connection.bus(), Environment.preload(up.place()))
                    .shell()
                    .forEach(out::println);
        }
        return 0;
    }
}
