package dev.weir.local.bus;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Creates streams. */
public final class StreamAdmin {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int CHECKS_MAX = 600;

    private final KinesisClient client;
    private final Time time;

    public StreamAdmin(KinesisClient client, Time time) {
        this.client = client;
        this.time = time;
    }

    /** Creates the stream if it does not exist, and returns when it can be used. */
    public void ensure(String stream, int shards) {
        if (status(stream).isEmpty()) {
            create(stream, shards);
        }
        for (int i = 0; i < CHECKS_MAX; i++) {
            if (status(stream).filter(StreamStatus.ACTIVE::equals).isPresent()) {
                return;
            }
            time.pause(PAUSE);
        }
        throw new StoreUnavailableException(
                "stream does not become active: stream=" + stream + " checks=" + CHECKS_MAX);
    }

    private void create(String stream, int shards) {
        try {
            client.createStream(create -> create.streamName(stream).shardCount(shards));
        } catch (ResourceInUseException _) {
            // it is being created
        }
    }

    private Optional<StreamStatus> status(String stream) {
        try {
            return Optional.of(client.describeStreamSummary(describe -> describe.streamName(stream))
                    .streamDescriptionSummary()
                    .streamStatus());
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }
}
