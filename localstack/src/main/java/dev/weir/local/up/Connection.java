package dev.weir.local.up;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.KinesisRecords;
import dev.weir.aws.KinesisStreams;
import dev.weir.aws.S3ObjectStore;
import dev.weir.aws.SystemTime;
import dev.weir.cron.Controls;
import dev.weir.cron.CronRows;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneCount;
import dev.weir.functions.Wiring;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.Endpoints;
import dev.weir.model.Lanes;
import dev.weir.port.Items;
import dev.weir.port.ObjectStore;
import dev.weir.port.RecordLookup;
import dev.weir.queue.Queues;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * A bus as its users see it, here or on AWS: ports on its servers. Thread-safe; to be closed.
 */
public final class Connection implements AutoCloseable {
    private final Closing closing;
    private final Wiring wiring;
    private final ObjectStore objects;
    private final KinesisClient kinesis;
    private final DynamoDbClient dynamoDb;
    private final DynamoDbStreamsClient dynamoDbStreams;
    private final S3Client s3;

    private Connection(
            Closing closing,
            Wiring wiring,
            ObjectStore objects,
            KinesisClient kinesis,
            DynamoDbClient dynamoDb,
            DynamoDbStreamsClient dynamoDbStreams,
            S3Client s3) {
        this.closing = closing;
        this.wiring = wiring;
        this.objects = objects;
        this.kinesis = kinesis;
        this.dynamoDb = dynamoDb;
        this.dynamoDbStreams = dynamoDbStreams;
        this.s3 = s3;
    }

    /** To a bus on this machine, with the credentials that it takes. */
    public static Connection to(Address address) {
        return to(address.endpoints(), address.region(), address.bus(), Map.of());
    }

    /**
     * To a bus at endpoints or on AWS. The number of its lanes is read from it.
     *
     * @param bus prefix of its resource names
     * @param environment where credentials are looked for, see {@link Clients}
     */
    public static Connection to(Endpoints endpoints, String region, String bus, Map<String, String> environment) {
        Connection any = open(endpoints, region, new Bus(bus, new Lanes(1)), environment);
        int lanes = LaneCount.recorded(any.bus(), any.items()).orElse(1);
        return any.with(new Bus(bus, new Lanes(lanes)));
    }

    /** Without a look at the bus, which may not exist yet. */
    static Connection open(Endpoints endpoints, String region, Bus bus, Map<String, String> environment) {
        Closing closing = new Closing();
        SystemTime time = new SystemTime();
        DynamoDbClient dynamoDb =
                closing.add(new Clients(region, endpoints.dynamoDb().orElse(null), environment).dynamoDb());
        KinesisClient kinesis =
                closing.add(new Clients(region, endpoints.kinesis().orElse(null), environment).kinesis());
        DynamoDbStreamsClient dynamoDbStreams =
                closing.add(new Clients(region, endpoints.dynamoDb().orElse(null), environment).dynamoDbStreams());
        S3Client s3 = closing.add(new Clients(region, endpoints.s3().orElse(null), environment).s3());
        Wiring wiring = new Wiring(bus, new DynamoDbItems(dynamoDb, time), new KinesisStreams(kinesis, time), time);
        ObjectStore objects = new S3ObjectStore(s3, time, bus.bucket());
        return new Connection(closing, wiring, objects, kinesis, dynamoDb, dynamoDbStreams, s3);
    }

    /** The same clients for a bus with other lanes; closing one closes both. */
    Connection with(Bus bus) {
        Wiring other = new Wiring(bus, wiring.items(), wiring.streams(), wiring.time());
        return new Connection(closing, other, objects, kinesis, dynamoDb, dynamoDbStreams, s3);
    }

    public Bus bus() {
        return wiring.bus();
    }

    public Items items() {
        return wiring.items();
    }

    /** The bucket of the bus. */
    public ObjectStore objects() {
        return objects;
    }

    /** The queues of the bus. */
    public Queues queues() {
        return new Queues(bus().queueTables(), items(), objects, wiring.time());
    }

    /** Single records of its streams. */
    public RecordLookup records() {
        return new KinesisRecords(kinesis, wiring.time());
    }

    /** What operators do to its bots. */
    public Controls controls() {
        return new Controls(bus().cron(), items(), wiring.time());
    }

    /** The rows of its bots. */
    public CronRows rows() {
        return new CronRows(bus().cron(), items(), wiring.time());
    }

    /** The ports that functions run on. */
    public Wiring wiring() {
        return wiring;
    }

    /** Makes a bucket, if it is not there from an earlier start. */
    void ensureBucket(String name) {
        try {
            s3.createBucket(create -> create.bucket(name));
        } catch (BucketAlreadyOwnedByYouException exists) {
            // from an earlier start
        }
    }

    KinesisClient kinesis() {
        return kinesis;
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    DynamoDbStreamsClient dynamoDbStreams() {
        return dynamoDbStreams;
    }

    S3Client s3() {
        return s3;
    }

    @Override
    public void close() {
        closing.close();
    }
}
