package dev.weir.aws;

import dev.weir.port.ObjectLimits;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@link ObjectStore} on a general purpose bucket of S3. (A directory bucket lists its keys in no order.) The role needs the permission
 * {@code s3:ListBucket} also to read: without it S3 calls a key forbidden that is not there.
 *
 * <p>A put is sent once: one whose answer was lost and that keeps what is there would meet its own object, and only the caller can tell.
 * Reads and deletes are repeated here, at most seven times with growing pauses. {@link #size} cannot tell a bucket that is not there from
 * a key that is not.
 *
 * <p>Thread-safe. Does not close the client. The artifact {@code software.amazon.awssdk:s3} must be on the class path; it does not come
 * with this library.
 */
public final class S3ObjectStore implements ObjectStore {

    /** Most keys in one answer. Source: S3, ListObjectsV2. */
    static final int PAGE_KEYS_MAX = 1000;

    private static final String WHATEVER_IS_THERE = "*";
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final byte[] NOTHING = {};

    private final S3Client client;
    private final Patience patience;
    private final String bucket;
    private final int pageKeysMax;

    /**
     * @param client a client that does not retry, as {@link Clients} makes them
     * @param time for the pauses between attempts
     * @param bucket must exist
     * @throws IllegalArgumentException if the client retries
     */
    public S3ObjectStore(S3Client client, Time time, String bucket) {
        this(client, time, bucket, PAGE_KEYS_MAX);
    }

    /** @param pageKeysMax most keys to ask for at once, at most {@link #PAGE_KEYS_MAX}: fewer, to see that lists go on */
    S3ObjectStore(S3Client client, Time time, String bucket, int pageKeysMax) {
        this.client = Clients.requireNoRetries(client);
        this.patience = new Patience(time);
        this.bucket = bucket;
        this.pageKeysMax = pageKeysMax;
    }

    @Override
    public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
        ObjectLimits.check(key);
        ObjectLimits.checkBytes(key, data.length);
        try {
            client.putObject(
                    put -> put.bucket(bucket)
                            .key(key)
                            .checksumCRC32(crc32(data))
                            .ifNoneMatch(ifPresent == IfPresent.KEEP ? WHATEVER_IS_THERE : null),
                    RequestBody.fromBytes(data));
            return ObjectOutcome.STORED;
        } catch (SdkException failed) {
            return ObjectOutcomes.of("bucket=" + bucket + " key=" + key, failed);
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        ObjectLimits.check(key);
        Optional<Content> content = read(key, null);
        content.ifPresent(found -> ObjectLimits.checkBytes(key, found.bytes()));
        return content.map(Content::data);
    }

    @Override
    public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
        ObjectLimits.checkRange(key, fromByte, bytes);
        return read(key, "bytes=" + fromByte + "-" + (fromByte + bytes - 1)).map(Content::data);
    }

    @Override
    public OptionalLong size(String key) {
        ObjectLimits.check(key);
        return repeat(
                "HeadObject",
                key,
                OptionalLong.empty(),
                () -> OptionalLong.of(
                        client.headObject(head -> head.bucket(bucket).key(key)).contentLength()));
    }

    @Override
    public List<String> list(String prefix, String afterExclusive, int limit) {
        ObjectLimits.checkList(prefix, afterExclusive, limit);
        List<String> keys = new ArrayList<>();
        String token = null;
        do {
            ListObjectsV2Request request = page(prefix, afterExclusive, limit - keys.size())
                    .continuationToken(token)
                    .build();
            ListObjectsV2Response answer = patience.repeat(
                    "ListObjectsV2 bucket=" + bucket + " prefix=" + prefix, () -> client.listObjectsV2(request));
            answer.contents().stream().map(S3Object::key).forEach(keys::add);
            token = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
        } while (token != null && keys.size() < limit);
        return List.copyOf(keys);
    }

    @Override
    public void delete(String key) {
        ObjectLimits.check(key);
        patience.repeat(
                "DeleteObject bucket=" + bucket + " key=" + key,
                () -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }

    /** Keys come encoded, because XML has no form for some of the characters they may have; the SDK decodes them. */
    private ListObjectsV2Request.Builder page(String prefix, String after, int limit) {
        return ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .startAfter(after.isEmpty() ? null : after)
                .maxKeys(Math.min(limit, pageKeysMax))
                .encodingType(EncodingType.URL);
    }

    /** S3 refuses what arrives with another sum. Given before, it is a header; else the SDK would cut the bytes into chunks to append it. */
    private static String crc32(byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(data);
        byte[] bigEndian =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
        return Base64.getEncoder().encodeToString(bigEndian);
    }

    /**
     * @param bytes how many the answer has
     * @param data all of them; none if they are too many to be held
     */
    private record Content(long bytes, byte[] data) {}

    private Optional<Content> read(String key, @Nullable String range) {
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(key).range(range).build();
        return repeat("GetObject", key, Optional.empty(), () -> Optional.of(read(request)));
    }

    /** S3 refuses a range that begins where the object ends or later. */
    private Content read(GetObjectRequest request) {
        try {
            return client.getObject(request, S3ObjectStore::content);
        } catch (S3Exception refused) {
            if (refused.statusCode() == RANGE_NOT_SATISFIABLE) {
                return new Content(0, NOTHING);
            }
            throw refused;
        }
    }

    private static Content content(GetObjectResponse answer, AbortableInputStream body) throws IOException {
        long bytes = answer.contentLength();
        if (bytes > ObjectLimits.OBJECT_BYTES_MAX) {
            body.abort();
            return new Content(bytes, NOTHING);
        }
        byte[] data = body.readNBytes((int) bytes);
        if (data.length < bytes) {
            throw new IOException("the answer broke off: bytes=" + bytes + " read=" + data.length);
        }
        return new Content(bytes, data);
    }

    /** What S3 says of an object, or the given value if it says that there is no object. */
    private <T> T repeat(String what, String key, T absent, Supplier<T> call) {
        return patience.repeat(what + " bucket=" + bucket + " key=" + key, () -> {
            try {
                return call.get();
            } catch (NoSuchKeyException notThere) {
                return absent;
            }
        });
    }
}
