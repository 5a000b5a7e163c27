package dev.weir.aws;

import dev.weir.port.ObjectStore;
import dev.weir.port.ObjectStoreContract;
import software.amazon.awssdk.services.s3.S3Client;

/** {@link ObjectStoreContract} for whatever speaks the API of S3: subclass and supply a client that does not retry, and a bucket. */
public abstract class S3ObjectStoreContract extends ObjectStoreContract {

    /** Few, so that lists of the suite take several answers. */
    private static final int PAGE_KEYS_MAX = 5;

    protected abstract S3Client client();

    /** A bucket that exists. */
    protected abstract String bucket();

    @Override
    protected final ObjectStore objects() {
        return new S3ObjectStore(client(), new SystemTime(), bucket(), PAGE_KEYS_MAX);
    }
}
