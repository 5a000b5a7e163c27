package dev.weir.local.s3;

import dev.weir.aws.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 in this JVM, on 127.0.0.1: s3proxy, with its objects in memory or as files of a directory. Thread-safe.
 *
 * <p>It keeps objects as files, also in memory, so it differs from S3: a key cannot be a folder of another one ({@code a} and
 * {@code a/b}), no part between slashes has more than 255 characters, and keys are listed in the order of Java, not of UTF-8.
 */
public final class S3Server implements AutoCloseable {

    /** The credentials that {@link Clients} invents for a server on this machine. */
    private static final String INVENTED = "local";

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** Objects in memory, on a free port. It checks signatures and checksums: only the credentials {@code local} with {@code local} fit. */
    public static S3Server inMemory() {
        return start(new TransientNio2BlobStore(), AuthenticationType.AWS_V4, 0);
    }

    /**
     * Serves whoever asks, whatever their credentials, as the other local servers do; objects are in memory.
     *
     * @param port 0 picks a free one
     */
    public static S3Server openInMemory(int port) {
        return start(new TransientNio2BlobStore(), AuthenticationType.NONE, port);
    }

    /**
     * Serves whoever asks; objects are files below a directory, each bucket a folder, and stay there.
     *
     * @param directory created if it is not there
     * @param port 0 picks a free one
     */
    public static S3Server openOnDisk(Path directory, int port) {
        try {
            Files.createDirectories(directory);
            return start(
                    new FilesystemNio2BlobStore(directory.toAbsolutePath().toString()), AuthenticationType.NONE, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory of objects: directory=" + directory, e);
        }
    }

    private static S3Server start(BlobStore objects, AuthenticationType checked, int port) {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(checked, INVENTED, INVENTED)
                .build();
        try {
            proxy.start();
            return new S3Server(proxy);
        } catch (Exception e) { // what it declares
            throw new IllegalStateException("cannot listen on 127.0.0.1, take another port or 0: port=" + port, e);
        }
    }

    /** For example {@code http://127.0.0.1:41234}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** A client that does not retry, to be closed by the caller. */
    public S3Client client() {
        return new Clients("us-east-1", endpoint(), Map.of()).s3();
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
