package dev.weir.infra;

import dev.weir.bot.Bot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.StreamViewType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kinesis.StreamEncryption;
import software.amazon.awscdk.services.kinesis.StreamMode;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.constructs.Construct;

/**
 * Where the data of a bus is: its streams, its tables and its bucket. What is in it stays when the stack is deleted, unless the configuration
 * says otherwise; then tables, streams and the key go too, and the bucket if it is empty.
 */
public final class Store extends Construct {

    /** Where Lambda puts batches that were given up. */
    static final String FAILURES = "aws/lambda/";

    private static final Duration FAILURES_KEPT = Duration.days(30);
    private static final Duration ACCESS_LOGS_KEPT = Duration.days(90);
    private static final Duration ARCHIVE_WARM = Duration.days(30);
    private static final Duration UPLOADS_KEPT = Duration.days(7);

    private final BusConfig config;
    private final RemovalPolicy removal;
    private final Optional<Key> key;
    private final Map<String, Stream> streams = new TreeMap<>();
    private final Map<String, Table> tables = new TreeMap<>();
    private final Bucket bucket;

    Store(Construct scope, BusConfig config, List<Bot> bots) {
        super(scope, "store");
        // Logs of access come by a bucket's policy, as new applications have it, whatever the application's own
        // settings.
        getNode().setContext("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);
        this.config = config;
        this.removal = config.keepData() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
        this.key = config.encryption() == BusConfig.Encryption.CUSTOMER_KEY ? Optional.of(key()) : Optional.empty();
        Topology topology = new Topology(config.bus(), bots);
        new TreeSet<>(topology.streams()).forEach(logical -> streams.put(logical, made(logical)));
        topology.tables().forEach((table, expiry) -> tables.put(table.name(), made(table, expiry)));
        this.bucket = bucket();
    }

    private Key key() {
        return Key.Builder.create(this, "key")
                .description("Weir: data of the bus " + config.prefix())
                .alias(config.prefix() + "-bus")
                .enableKeyRotation(true)
                .removalPolicy(removal)
                .build();
    }

    private Stream made(String logical) {
        Stream.Builder stream = Stream.Builder.create(this, "stream-" + logical)
                .streamName(config.bus().stream(logical))
                .retentionPeriod(Duration.hours(config.streamRetention().toHours()))
                .removalPolicy(removal);
        switch (config.streams()) {
            case BusConfig.Streams.OnDemand() -> stream.streamMode(StreamMode.ON_DEMAND);
            case BusConfig.Streams.Provisioned(int shards) ->
                stream.streamMode(StreamMode.PROVISIONED).shardCount(shards);
        }
        key.ifPresentOrElse(
                own -> stream.encryption(StreamEncryption.KMS).encryptionKey(own),
                () -> stream.encryption(StreamEncryption.MANAGED));
        return stream.build();
    }

    private Table made(dev.weir.port.Table shape, Optional<String> expiry) {
        Table.Builder table = Table.Builder.create(
                        this, "table-" + shape.name().substring(config.prefix().length() + 1))
                .tableName(shape.name())
                .partitionKey(text(shape.partition()))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(config.keepData())
                .removalPolicy(removal);
        String sort = shape.sort();
        if (sort != null) {
            table.sortKey(text(sort));
        }
        if (shape.changes()) {
            table.stream(StreamViewType.NEW_AND_OLD_IMAGES);
        }
        expiry.ifPresent(table::timeToLiveAttribute);
        key.ifPresentOrElse(
                own -> table.encryption(TableEncryption.CUSTOMER_MANAGED).encryptionKey(own),
                () -> table.encryption(TableEncryption.AWS_MANAGED));
        return table.build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    private Bucket bucket() {
        Bucket logs = closed("access-logs", config.bus().bucket() + "-access")
                .encryption(BucketEncryption.S3_MANAGED)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .id("forget")
                        .expiration(ACCESS_LOGS_KEPT)
                        .build()))
                .build();
        Bucket.Builder data = closed("bucket", config.bus().bucket())
                .serverAccessLogsBucket(logs)
                .lifecycleRules(lifecycle());
        key.ifPresentOrElse(
                own -> data.encryption(BucketEncryption.KMS).encryptionKey(own).bucketKeyEnabled(true),
                () -> data.encryption(BucketEncryption.S3_MANAGED));
        return data.build();
    }

    private Bucket.Builder closed(String id, String name) {
        return Bucket.Builder.create(this, id)
                .bucketName(name)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .removalPolicy(removal);
    }

    private static List<LifecycleRule> lifecycle() {
        return List.of(
                LifecycleRule.builder()
                        .id("unfinished-uploads")
                        .abortIncompleteMultipartUploadAfter(UPLOADS_KEPT)
                        .build(),
                LifecycleRule.builder()
                        .id("failed-batches")
                        .prefix(FAILURES)
                        .expiration(FAILURES_KEPT)
                        .build(),
                LifecycleRule.builder()
                        .id("cold-archive")
                        .prefix("bus/_archive/")
                        .transitions(List.of(Transition.builder()
                                .storageClass(StorageClass.INFREQUENT_ACCESS)
                                .transitionAfter(ARCHIVE_WARM)
                                .build()))
                        .build());
    }

    /** The account's own key, if data is under one. */
    public Optional<Key> encryptionKey() {
        return key;
    }

    /** The stream of this logical name: one that a bot reads or writes, or {@link dev.weir.flow.Bus#EVENTS}. */
    public Stream stream(String logical) {
        return found("stream", streams, logical);
    }

    /** One of its tables. */
    public Table table(dev.weir.port.Table shape) {
        return found("table", tables, shape.name());
    }

    /** Streams by logical name. */
    public Map<String, Stream> streams() {
        return Map.copyOf(streams);
    }

    /** Tables by physical name. */
    public Map<String, Table> tables() {
        return Map.copyOf(tables);
    }

    /** The bucket of large and old events. */
    public Bucket bucketOfEvents() {
        return bucket;
    }

    private static <T> T found(String kind, Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no such " + kind + " of this bus: name=" + name + " all=" + all.keySet());
        }
        return found;
    }
}
