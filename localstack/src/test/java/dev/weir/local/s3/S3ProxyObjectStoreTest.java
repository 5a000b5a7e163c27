package dev.weir.local.s3;

import dev.weir.aws.S3ObjectStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class S3ProxyObjectStoreTest extends S3ObjectStoreContract {
    private static final String BUCKET = "contract";

    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.inMemory();
        client = server.client();
        client.createBucket(create -> create.bucket(BUCKET));
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    @Override
    protected S3Client client() {
        return client;
    }

    @Override
    protected String bucket() {
        return BUCKET;
    }
}
