package dev.weir.aws;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * The aliases of functions on AWS Lambda. Source: Lambda, API reference, GetAlias and UpdateAlias.
 *
 * <p>A request is sent once. All methods throw {@link IllegalStateException} with what Lambda said if it refuses, or does not answer. Thread-safe.
 * Close it to close its connections.
 */
public final class LambdaAliases implements AutoCloseable {
    private static final int OK = 200;
    private static final String VERSION = "FunctionVersion";

    private final LambdaRequests requests;

    LambdaAliases(LambdaRequests requests) {
        this.requests = requests;
    }

    /** The version that an alias of a function stands for, such as {@code 7}. */
    public String version(String function, String alias) {
        return version(send(SdkHttpMethod.GET, function, alias, ""));
    }

    /** Lets an alias stand for a version, and for no other one beside it. Answers the version as Lambda has it now. */
    public String move(String function, String alias, String version) {
        String body = "{\"" + VERSION + "\":" + Json.quoted(version)
                + ",\"RoutingConfig\":{\"AdditionalVersionWeights\":{}}}";
        return version(send(SdkHttpMethod.PUT, function, alias, body));
    }

    @Override
    public void close() {
        requests.close();
    }

    private String send(SdkHttpMethod method, String function, String alias, String body) {
        String path = LambdaRequests.FUNCTIONS + SdkHttpUtils.urlEncode(function) + "/aliases/"
                + SdkHttpUtils.urlEncode(alias);
        LambdaRequests.Answer answer;
        try {
            answer = requests.send(method, path, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Lambda did not answer about an alias: function=" + function + " alias=" + alias, e);
        }
        if (answer.status() != OK) {
            throw new IllegalStateException("Lambda refused: " + method + " alias=" + alias + " function=" + function
                    + " status=" + answer.status() + " answer=" + answer.body());
        }
        return answer.body();
    }

    private static String version(String answer) {
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(answer));
        String version = "";
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            if (VERSION.equals(json.fieldName())) {
                String text = json.string();
                version = text == null ? "" : text;
            } else {
                json.skip();
            }
        }
        if (version.isEmpty()) {
            throw new IllegalStateException("Lambda told no version: answer=" + answer);
        }
        return version;
    }
}
