package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./weir up --template}, before anything is started. */
@Timeout(30)
class UpTemplateTest {

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("text.json"), "no json");
        Files.writeString(folder.resolve("empty.json"), "{}");
        Files.writeString(
                folder.resolve("topik.json"),
                "{\"Resources\":{\"calls\":{\"Type\":\"AWS::SNS::Topik\",\"Properties\":{}}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOLDER/none.json  | weir: the template cannot be read, make it with cdk synth: template=FOLDER/none.json",
                "FOLDER/text.json  | weir: a template is JSON, as cdk synth makes it: template=FOLDER/text.json",
                "FOLDER/empty.json | weir: not a template of CloudFormation, it has no Resources: template=FOLDER/empty.json",
                "FOLDER            | weir: the folder must have one *.template.json, or name the file: template=FOLDER",
                "FOLDER/topik.json | weir: an unknown type, correct its name; what is not Weir's goes into a stack of its own: template=FOLDER/topik.json resource=calls type=AWS::SNS::Topik"
            })
    void whatIsNoTemplateIsAMistakeOfTheUser(String template, String expected) {
        Weir.Ran ran = Weir.run(new byte[0], "up", "--template", template.replace("FOLDER", folder.toString()));

        assertThat(ran.err()).singleElement().asString().startsWith(expected.replace("FOLDER", folder.toString()));
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
    }

    @Test
    void lanesAndShardsAreThoseOfTheTemplate() {
        Weir.Ran ran = Weir.run(new byte[0], "up", "--template", "bus.json", "--lanes", "2");

        assertThat(ran.err())
                .containsExactly(
                        "weir: lanes and shards are those of the template, leave --lanes and --shards out: --template=bus.json");
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
    }
}
