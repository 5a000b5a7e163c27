package dev.weir.local.s3;

import dev.weir.aws.Clients;
import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 in this JVM, on a free port of 127.0.0.1: s3proxy with its objects in memory. It checks signatures and checksums.
 *
 * <p>It keeps objects as files of a file system in memory, so it differs from S3: a key cannot be a folder of another one ({@code a} and
 * {@code a/b}), no part between slashes has more than 255 characters, and keys are listed in the order of Java, not of UTF-8.
 */
final class S3Server implements AutoCloseable {

    /** The credentials that {@link Clients} invents for a server on this machine. */
    private static final String INVENTED = "local";

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static S3Server start() throws Exception {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, INVENTED, INVENTED)
                .build();
        proxy.start();
        return new S3Server(proxy);
    }

    /** A client that does not retry, to be closed by the caller. */
    S3Client client() {
        URI endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
        return new Clients("us-east-1", endpoint, Map.of()).s3();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) { // what it declares; nobody could do anything about it
            throw new IllegalStateException("the S3 server did not stop", e);
        }
    }
}
