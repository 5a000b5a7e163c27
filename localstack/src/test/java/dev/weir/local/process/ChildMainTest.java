package dev.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildMainTest {

    private static Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ChildMain.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void runsTheMainAndHaltsWhenItsInputEnds() throws Exception {
        Process child = start(Waiting.class.getName(), "hello");
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("running hello");
            assertThat(child.isAlive()).isTrue();
            child.getOutputStream().close();

            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(ChildMain.PARENT_GONE);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void diesWithAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            assertThat(lines.readLine()).isEqualTo("running hello");
            parent.destroyForcibly();

            child.onExit().get(20, TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void failsWithTheMain() throws Exception {
        Process child = start(Waiting.class.getName(), "fail");
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("told to fail");
        }
        assertThat(child.waitFor()).isEqualTo(ChildMain.FAILED);
    }

    /** A parent that starts a child, says its process id, hands on its first line and waits. */
    public static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            Process child = start(Waiting.class.getName(), "hello");
            System.out.println(child.pid());
            System.out.println(child.inputReader(StandardCharsets.UTF_8).readLine());
            child.waitFor();
        }
    }
}
