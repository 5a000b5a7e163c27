package dev.weir.infra;

import dev.weir.bot.BotProvider;
import java.time.Duration;
import software.amazon.awscdk.App;
import software.amazon.awscdk.services.lambda.Code;

/** The application of somebody who chooses more than context can say: the one of docs/deploy.md. */
final class OwnApp {
    private OwnApp() {}

    public static void main(String[] args) {
        App app = new App();
        WeirApp.stack(
                app,
                BusConfig.of("acme-events")
                        .withLanes(16)
                        .withStreams(new BusConfig.Streams.Provisioned(4))
                        .withBot(
                                "orders",
                                BotConfig.DEFAULT.withMemoryMb(2_048).withBatches(2_000, Duration.ofSeconds(1))),
                BotProvider.found(),
                Code.fromAsset("functions/target/weir-functions.jar"));
        app.synth();
    }
}
