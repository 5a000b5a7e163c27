package dev.weir.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bot.Bot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;

/**
 * A bus as the CDK makes it, with a jar of a few bytes.
 *
 * @param template as CloudFormation gets it
 */
record Synthesized(BusConfig config, Stack stack, JsonNode template) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Synthesized of(Path folder, BusConfig config, List<Bot> bots) {
        return of(folder, config, bots, _ -> {});
    }

    /** @param further what is done to the application before */
    static Synthesized of(Path folder, BusConfig config, List<Bot> bots, Consumer<App> further) {
        try {
            Path jar = Files.write(folder.resolve("stub.jar"), "no jar".getBytes(StandardCharsets.US_ASCII));
            App app = new App(AppProps.builder()
                    .outdir(folder.resolve("cdk.out").toString())
                    .analyticsReporting(false)
                    .build());
            further.accept(app);
            Bus bus = WeirApp.stack(app, config, bots, Code.fromAsset(jar.toString()));
            Stack stack = Stack.of(bus);
            String file = app.synth().getStackArtifact(stack.getArtifactId()).getTemplateFullPath();
            return new Synthesized(config, stack, JSON.readTree(Files.readAllBytes(Path.of(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its resources of a type, by logical id. */
    Map<String, JsonNode> all(String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        template.get("Resources").properties().forEach(resource -> {
            if (resource.getValue().get("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
    }

    /** The properties of the one whose property has a value. */
    JsonNode one(String type, String property, String value) {
        return whole(type, property, value).get("Properties");
    }

    JsonNode whole(String type, String property, String value) {
        List<JsonNode> found = all(type).values().stream()
                .filter(resource ->
                        resource.get("Properties").path(property).asText().equals(value))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    "resources: type=" + type + " " + property + "=" + value + " found=" + found.size());
        }
        return found.getFirst();
    }
}
