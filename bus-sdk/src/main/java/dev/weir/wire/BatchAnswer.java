package dev.weir.wire;

import dev.weir.model.SequenceNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What a function answers to a batch from Kinesis: where to begin again. Source: AWS Lambda, "Configuring partial batch response with Kinesis Data Streams
 * and Lambda" ({@code ReportBatchItemFailures}).
 *
 * @param firstFailed the first record that is to be delivered again, with all that follow; empty if the whole batch is done
 */
public record BatchAnswer(Optional<SequenceNumber> firstFailed) {

    /** The whole batch is done. */
    public static final BatchAnswer DONE = new BatchAnswer(Optional.empty());

    /** Begin again at this record. */
    public static BatchAnswer from(SequenceNumber firstFailed) {
        return new BatchAnswer(Optional.of(firstFailed));
    }

    /**
     * Writes {@code {"batchItemFailures":[{"itemIdentifier":"..."}]}}; does not close the stream.
     *
     * @throws UncheckedIOException if the stream cannot be written
     */
    public void writeTo(OutputStream out) {
        var sink = new ByteSink();
        sink.putUtf8("{\"batchItemFailures\":[");
        firstFailed.ifPresent(number -> {
            sink.putUtf8("{\"itemIdentifier\":");
            sink.putString(number.digits());
            sink.put('}');
        });
        sink.putUtf8("]}");
        try {
            out.write(sink.array(), 0, sink.size());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the answer: bytes=" + sink.size(), e);
        }
    }
}
