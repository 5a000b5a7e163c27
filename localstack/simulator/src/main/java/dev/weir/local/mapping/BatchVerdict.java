package dev.weir.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.model.Record;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How Lambda reads the answer of a function with ReportBatchItemFailures.
 *
 * <p>All done: nothing, {@code null}, {@code ""}, {@code []}, an object without {@code batchItemFailures}, or one with an empty or null list.
 * Failed from a record on: the lowest sequence number of the list. All failed: anything else, such as an item whose
 * {@code itemIdentifier} is missing, empty, null, not a text or not in the batch, or an answer that is not JSON.
 */
sealed interface BatchVerdict {

    record AllDone() implements BatchVerdict {}

    record FailedFrom(int index) implements BatchVerdict {}

    record AllFailed(String reason) implements BatchVerdict {}

    JsonFactory JSON = new JsonFactory();

    static BatchVerdict of(byte[] answer, List<Record> records) {
        try (JsonParser parser = JSON.createParser(answer)) {
            BatchVerdict verdict = ofDocument(parser, records);
            return parser.nextToken() == null ? verdict : new AllFailed("more than one JSON value in the answer");
        } catch (IOException e) {
            return new AllFailed("the answer is not JSON");
        }
    }

    private static BatchVerdict ofDocument(JsonParser parser, List<Record> records) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null || token == JsonToken.VALUE_NULL) {
            return new AllDone();
        }
        if (token == JsonToken.VALUE_STRING && parser.getTextLength() == 0) {
            return new AllDone();
        }
        if (token == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.END_ARRAY) {
            return new AllDone();
        }
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new AllFailed("the answer is not a JSON object");
        }
        return ofObject(parser, records);
    }

    private static BatchVerdict ofObject(JsonParser parser, List<Record> records) throws IOException {
        BatchVerdict verdict = new AllDone();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean failures = parser.currentName().equals("batchItemFailures");
            JsonToken value = parser.nextToken();
            if (!failures || value == JsonToken.VALUE_NULL) {
                parser.skipChildren();
            } else if (value == JsonToken.START_ARRAY) {
                verdict = ofList(parser, places(records));
            } else {
                parser.skipChildren();
                verdict = new AllFailed("batchItemFailures is not a list");
            }
        }
        return verdict;
    }

    private static BatchVerdict ofList(JsonParser parser, Map<String, Integer> places) throws IOException {
        int lowest = Integer.MAX_VALUE;
        boolean unknown = false;
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            Integer place = item == JsonToken.START_OBJECT ? places.get(itemIdentifier(parser)) : null;
            unknown |= place == null;
            lowest = place == null ? lowest : Math.min(lowest, place);
            if (item == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
        }
        if (unknown) {
            return new AllFailed("an itemIdentifier is missing, empty or not in the batch");
        }
        return lowest == Integer.MAX_VALUE ? new AllDone() : new FailedFrom(lowest);
    }

    /** The identifier of the item whose object has begun; empty text, which no record has, when there is none. */
    private static String itemIdentifier(JsonParser parser) throws IOException {
        String identifier = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals("itemIdentifier");
            if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                identifier = parser.getText();
            }
            parser.skipChildren();
        }
        return identifier;
    }

    private static Map<String, Integer> places(List<Record> records) {
        Map<String, Integer> places = HashMap.newHashMap(records.size());
        for (int i = 0; i < records.size(); i++) {
            places.put(records.get(i).sequenceNumber().digits(), i);
        }
        return places;
    }
}
