package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.functions.ledger.Ledger;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.template.FunctionResource;
import dev.weir.local.template.StreamResource;
import dev.weir.local.template.Synthesis;
import dev.weir.local.template.TableResource;
import dev.weir.local.template.Template;
import dev.weir.local.up.Connection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stack on LocalStack, by the commands of the guide: deployed, used, and deleted. */
@Timeout(3_600)
class LocalStackDeployTest {
    private static final int LANES = 1;
    private static final int TRANSFERS = 500;
    private static final long SEED = 2026;
    private static final Duration COMMAND = Duration.ofMinutes(20);

    /** Of which most is for images of Lambda that are not there yet. */
    private static final Duration DECISIONS = Duration.ofMinutes(10);

    @TempDir
    static Path folder = Path.of("");

    private static LocalStack localStack;

    @BeforeAll
    static void start() {
        // Functions are of arm64, and their Java runs on any processor.
        localStack = LocalStack.start(Map.of("LAMBDA_IGNORE_ARCHITECTURE", "1"));
    }

    @AfterAll
    static void stop() {
        if (localStack != null) {
            localStack.close();
        }
    }

    @Test
    void theTemplateIsDeployedDecidesAsItsOracleAndLeavesItsData() throws Exception {
        Path jar = Path.of(System.getProperty("weir.functions.jar", ""));
        assumeTrue(Files.isRegularFile(jar), "there is no jar to deploy, mvn verify makes it: jar=" + jar);
        Path out = Synthesis.of(folder, LANES, jar);
        Template template = Template.read(out, CdkLocal.REGION);
        URI endpoint = localStack.endpoint();
        CdkLocal cdk = new CdkLocal(endpoint);

        succeed(cdk, "bootstrap", "--app", out.toString());
        succeed(cdk, "deploy", "--app", out.toString(), "--require-approval", "never");

        try (MadeResources made = MadeResources.at(endpoint);
                Connection bus = Connection.to(
                        Endpoints.parse(List.of(endpoint.toString())),
                        CdkLocal.REGION,
                        template.bus().prefix(),
                        CdkLocal.CREDENTIALS)) {
            assertThat(made.functions())
                    .containsAll(template.functions().stream()
                            .map(FunctionResource::name)
                            .toList());
            assertThat(made.mappings())
                    .containsExactlyInAnyOrderElementsOf(template.mappings().stream()
                            .map(MadeResources.Mapping::of)
                            .toList());
            new DeployedLedger(bus).decides(Order.generate(SEED, TRANSFERS), DECISIONS, localStack.log());

            made.allowDeletion(template.bus().prefix());
            succeed(cdk, "destroy", "--app", out.toString(), "--force");

            assertThat(made.functions()).noneMatch(name -> template.functions().stream()
                    .anyMatch(function -> function.name().equals(name)));
            assertThat(made.tables())
                    .containsAll(
                            template.tables().stream().map(TableResource::name).toList());
            assertThat(made.streams())
                    .containsAll(template.streams().stream()
                            .map(StreamResource::name)
                            .toList());
            assertThat(new DeployedLedger(bus).read(Ledger.DECIDED)).hasSize(TRANSFERS);
        }
    }

    private static void succeed(CdkLocal cdk, String... arguments) throws Exception {
        CdkLocal.Ran ran = cdk.run(COMMAND, arguments);

        assertThat(ran.exitCode()).as("%s said: %s", arguments[0], ran.said()).isZero();
    }
}
