package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.model.Record;
import java.io.IOException;
import java.util.List;

/** Any bytes as the answer of a function to a batch. */
class BatchVerdictFuzzTest implements FuzzTests {

    private static final int RECORDS = 5;
    private static final List<Record> BATCH = Shards.records(1, RECORDS);
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The same rules, read off a tree. An answer that names a field twice says nothing clear, and need only have some verdict. */
    @Fuzz
    void isJudgedAsItsTreeIs(byte[] answer) {
        BatchVerdict verdict = BatchVerdict.of(answer, BATCH);
        switch (verdict) {
            case BatchVerdict.FailedFrom(int index) -> assertThat(index).isBetween(0, RECORDS - 1);
            case BatchVerdict.AllFailed(String reason) -> assertThat(reason).isNotEmpty();
            case BatchVerdict.AllDone() -> {}
        }
        try {
            JsonNode tree = TREES.readTree(answer);
            assertThat(kind(verdict)).isEqualTo(expected(tree));
        } catch (IOException e) {
            boolean twice = String.valueOf(e.getMessage()).contains("Duplicate field");
            assertThat(twice || verdict instanceof BatchVerdict.AllFailed)
                    .as("%s for what is not JSON: %s", verdict, e)
                    .isTrue();
        }
    }

    private static int kind(BatchVerdict verdict) {
        return switch (verdict) {
            case BatchVerdict.AllDone() -> RECORDS;
            case BatchVerdict.FailedFrom(int index) -> index;
            case BatchVerdict.AllFailed _ -> -1;
        };
    }

    /** The first failed record, all of them for done, -1 for a failure of the batch. */
    private static int expected(JsonNode answer) {
        boolean empty = answer.isMissingNode()
                || answer.isNull()
                || answer.isTextual() && answer.textValue().isEmpty()
                || answer.isArray() && answer.isEmpty();
        if (empty) {
            return RECORDS;
        }
        JsonNode failures = answer.path("batchItemFailures");
        if (!answer.isObject() || !failures.isArray()) {
            return answer.isObject() && (failures.isMissingNode() || failures.isNull()) ? RECORDS : -1;
        }
        int lowest = RECORDS;
        for (JsonNode item : failures) {
            int place = place(item.path("itemIdentifier"));
            if (place < 0) {
                return -1;
            }
            lowest = Math.min(lowest, place);
        }
        return lowest;
    }

    private static int place(JsonNode identifier) {
        return identifier.isTextual()
                ? BATCH.stream()
                        .map(record -> record.sequenceNumber().digits())
                        .toList()
                        .indexOf(identifier.textValue())
                : -1;
    }
}
