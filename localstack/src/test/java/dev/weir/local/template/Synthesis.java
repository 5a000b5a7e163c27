package dev.weir.local.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.bot.BotProvider;
import dev.weir.infra.BusConfig;
import dev.weir.infra.WeirApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.services.lambda.Code;

/** The stack that deploys, as the CDK makes it in this JVM; with a jar of a few bytes, unless there is a use for the real one. Needs node. */
public final class Synthesis {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Synthesis() {}

    /**
     * A folder as {@code cdk.out}.
     *
     * @param folder where it is made
     */
    public static Path of(Path folder, int lanes) {
        try {
            return of(
                    folder,
                    lanes,
                    Files.write(folder.resolve("stub.jar"), "no jar".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with what is deployed. */
    public static Path of(Path folder, int lanes, Path jar) {
        assumeTrue(hasNode(), "the CDK needs node on the PATH, and there is none");
        Path out = folder.resolve("cdk.out");
        App app = new App(AppProps.builder()
                .outdir(out.toString())
                .analyticsReporting(false)
                .build());
        WeirApp.stack(
                app, BusConfig.of("weir").withLanes(lanes), BotProvider.deployed(), Code.fromAsset(jar.toString()));
        app.synth();
        return out;
    }

    /** The same template as JSON, to be changed. */
    public static ObjectNode json(Path out) {
        try {
            return (ObjectNode) JSON.readTree(Files.readAllBytes(out.resolve("weir.template.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
