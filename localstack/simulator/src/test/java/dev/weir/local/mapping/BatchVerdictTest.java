package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchVerdictTest {

    /** The batch holds the sequence numbers 1 to 5. What is expected: done, failed, or the index of the first failed record. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ~~                                                                       | done
                    null                                                                     | done
                    ""                                                                       | done
                    {}                                                                       | done
                    []                                                                       | done
                    {"batchItemFailures":null}                                               | done
                    {"batchItemFailures":[]}                                                 | done
                    {"other":[1,{"a":2}]}                                                    | done
                    {"batchItemFailures":[{"itemIdentifier":"1"}]}                           | 0
                    {"batchItemFailures":[{"itemIdentifier":"3"}]}                           | 2
                    {"batchItemFailures":[{"itemIdentifier":"5"},{"itemIdentifier":"2"}]}    | 1
                    {"batchItemFailures":[{"itemIdentifier":"4","more":{"x":[1]}}],"y":[]}   | 3
                    {"batchItemFailures":[{"itemIdentifier":""}]}                            | failed
                    {"batchItemFailures":[{"itemIdentifier":null}]}                          | failed
                    {"batchItemFailures":[{"itemIdentifier":3}]}                             | failed
                    {"batchItemFailures":[{"itemIdentifier":"99"}]}                          | failed
                    {"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"99"}]}   | failed
                    {"batchItemFailures":[{"foo":"3"}]}                                      | failed
                    {"batchItemFailures":[{}]}                                               | failed
                    {"batchItemFailures":[null]}                                             | failed
                    {"batchItemFailures":["3"]}                                              | failed
                    {"batchItemFailures":[["3"]]}                                            | failed
                    {"batchItemFailures":"3"}                                                | failed
                    {"batchItemFailures":{"itemIdentifier":"3"}}                             | failed
                    "done"                                                                   | failed
                    [1]                                                                      | failed
                    7                                                                        | failed
                    {"batchItemFailures":[                                                   | failed
                    {} {}                                                                    | failed
                    not json                                                                 | failed
                    """)
    void readsTheAnswerAsLambdaDoes(String answer, String expected) {
        BatchVerdict verdict = BatchVerdict.of(answer.getBytes(StandardCharsets.UTF_8), Shards.records(1, 5));

        assertThat(
                        switch (verdict) {
                            case BatchVerdict.AllDone done -> "done";
                            case BatchVerdict.AllFailed failed -> "failed";
                            case BatchVerdict.FailedFrom from -> Integer.toString(from.index());
                        })
                .isEqualTo(expected);
    }
}
