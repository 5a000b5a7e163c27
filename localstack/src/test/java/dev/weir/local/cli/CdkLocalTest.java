package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.weir.local.template.Synthesis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program that deploys to an emulator, without one. */
@Timeout(600)
class CdkLocalTest {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final String IDENTITY =
            """
            <GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn><UserId>nobody</UserId>
            <Account>000000000000</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
            """;
    private static final String REFUSAL =
            """
            <ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>nobody</Message></Error></ErrorResponse>
            """;

    @TempDir
    Path folder = Path.of("");

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private CdkLocal cdk;

    /** An emulator that knows whose the credentials are, and nothing else. */
    @BeforeEach
    void refuseWhatIsAsked() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean asksWho = request.contains("Action=GetCallerIdentity");
            byte[] body = (asksWho ? IDENTITY : REFUSAL).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asksWho ? 200 : 403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        cdk = new CdkLocal(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itReadsTheStackAndItsRequestsGoToTheEndpointWithInventedCredentials() throws Exception {
        CdkLocal.Ran version = version();
        assumeTrue(version.exitCode() == 0, () -> "npx could not fetch aws-cdk-local: " + version.said());
        Path out = Synthesis.of(folder, 1);

        CdkLocal.Ran list = cdk.run(LONGEST, "list", "--app", out.toString());
        assertThat(list.said().lines()).as("said: %s", list.said()).contains("weir");
        assertThat(list.exitCode()).isZero();

        CdkLocal.Ran deploy = cdk.run(LONGEST, "deploy", "--app", out.toString(), "--require-approval", "never");
        assertThat(deploy.exitCode()).as("said: %s", deploy.said()).isNotZero();
        assertThat(asked).as("said: %s", deploy.said()).anyMatch(authorization -> authorization.contains("/s3/"));
        assertThat(asked)
                .allSatisfy(authorization ->
                        assertThat(authorization).contains("Credential=test/").contains("/" + CdkLocal.REGION + "/"));
    }

    @Test
    void nothingThatLeadsToAnAccountOfTheUsersIsPassedOn() {
        Map<String, String> environment = cdk.environment(Map.of(
                "PATH", "/bin", "AWS_PROFILE", "mine", "AWS_ACCESS_KEY_ID", "mine", "AWS_ENDPOINT_URL_STS", "mine"));

        assertThat(environment)
                .containsEntry("PATH", "/bin")
                .containsEntry("AWS_ENDPOINT_URL", cdk.endpoint().toString())
                .containsEntry("AWS_ENDPOINT_URL_S3", cdk.endpoint().toString())
                .doesNotContainValue("mine");
    }

    @Test
    void theGuideNamesTheSameVersions() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/deploy.md"));

        assertThat(guide).contains(CdkLocal.WRAPPER, CdkLocal.CDK, LocalStack.IMAGE);
        assertThat(guide.replace(CdkLocal.CDK, "")).doesNotContain("aws-cdk@");
    }

    private CdkLocal.Ran version() throws InterruptedException {
        try {
            return cdk.run(LONGEST, "--version");
        } catch (IOException none) {
            return new CdkLocal.Ran(-1, "there is no npx");
        }
    }
}
