package dev.weir.local.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.flow.Bus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables by which programs find a bus on this machine: AWS clients, functions of Weir, and clients of RStreams.
 *
 * @param bus its names
 * @param preload what node is to load first, see {@link #preload}
 */
public record Environment(Address address, Bus bus, Path preload) {
    private static final String PRELOAD = "aws-sdk-2.cjs";
    private static final String NODE_OPTIONS = "NODE_OPTIONS";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Leaves the file in a folder that lets programs on aws-sdk 2 for JavaScript read {@code AWS_ENDPOINT_URL_<SERVICE>}, as other AWS SDKs
     * do; the SDK and the programs stay as they are.
     */
    public static Path preload(Path folder) {
        Path file = folder.resolve(PRELOAD);
        try (InputStream content = Environment.class.getResourceAsStream(PRELOAD)) {
            if (content == null) {
                throw new IllegalStateException("not among the resources of this program: name=" + PRELOAD);
            }
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, PRELOAD, ".new");
            Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be written: file=" + file, e);
        }
    }

    /** Names and values, in an order for people. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_REGION", address.region());
        variables.put("AWS_DEFAULT_REGION", address.region());
        variables.put("AWS_ACCESS_KEY_ID", Address.CREDENTIAL);
        variables.put("AWS_SECRET_ACCESS_KEY", Address.CREDENTIAL);
        variables.put("AWS_ENDPOINT_URL_KINESIS", address.kinesis().toString());
        variables.put("AWS_ENDPOINT_URL_DYNAMODB", address.dynamoDb().toString());
        variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", address.dynamoDb().toString());
        variables.put("AWS_ENDPOINT_URL_S3", address.s3().toString());
        variables.put("WEIR_BUS", bus.prefix());
        variables.put("WEIR_LANES", Integer.toString(bus.lanes().count()));
        variables.put("WEIR_KINESIS_ENDPOINT", address.kinesis().toString());
        variables.put("WEIR_DYNAMODB_ENDPOINT", address.dynamoDb().toString());
        variables.put("WEIR_S3_ENDPOINT", address.s3().toString());
        variables.put("RSTREAMS_CONFIG", configuration());
        variables.put(NODE_OPTIONS, "--require \"" + preload.toString().replace("\\", "\\\\") + "\"");
        return variables;
    }

    /** The same as lines of a POSIX shell; what node is told already is kept. */
    public List<String> shell() {
        Map<String, String> variables = variables();
        List<String> lines = new ArrayList<>(List.of("unset AWS_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL"));
        variables.forEach((name, value) -> {
            if (!name.equals(NODE_OPTIONS)) {
                lines.add("export " + name + "=" + quoted(value));
            }
        });
        String load = quoted(String.valueOf(variables.get(NODE_OPTIONS)));
        lines.add("case \"${NODE_OPTIONS:-}\" in *" + PRELOAD + "*) ;; *) export NODE_OPTIONS=\"${NODE_OPTIONS:-} \""
                + load + " ;; esac");
        return lines;
    }

    private String configuration() {
        try {
            return JSON.writeValueAsString(new TreeMap<>(address.resources(bus)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts cannot be written as JSON", e);
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
