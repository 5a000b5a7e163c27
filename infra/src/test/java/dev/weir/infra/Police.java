package dev.weir.infra;

import dev.weir.flow.Bus;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.memory.MemoryTableChanges;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Stores in memory that ask a policy before each request, as the adapters of AWS make it: which requests those are is in {@code dev.weir.aws}. What
 * is not allowed fails, and is written down.
 */
final class Police {
    final ManualTime time = new ManualTime(1_795_194_307_123L);
    final MemoryTableChanges changes = new MemoryTableChanges(time);
    final MemoryItems items = new MemoryItems(changes);
    final MemoryStreams streams = new MemoryStreams(time);
    final MemoryObjectStore objects = new MemoryObjectStore();
    final Bus bus;

    /** What was refused, each once. */
    final Set<String> refused = new LinkedHashSet<>();

    /** Statements that allowed something, by function: so it is seen how much of a policy was used. */
    final Map<String, Set<String>> asked = new TreeMap<>();

    Police(Bus bus) {
        this.bus = bus;
    }

    /** The ports of one function, under its policy. */
    final class Beat implements Items, Streams, ObjectStore, TableChanges, Invoker {
        private final String bot;
        private final Iam iam;
        private final Invoker lambda;

        Beat(String bot, Iam iam, Invoker lambda) {
            this.bot = bot;
            this.iam = iam;
            this.lambda = lambda;
        }

        private void require(String action, String resource, List<String> keys) {
            Map<String, List<String>> context = keys.isEmpty() ? Map.of() : Map.of("dynamodb:LeadingKeys", keys);
            asked.computeIfAbsent(bot, _ -> new TreeSet<>()).add(action + " " + resource);
            if (!iam.allows(new Iam.Request(action, resource, context))) {
                String request = bot + ": " + action + " " + resource + (keys.isEmpty() ? "" : " " + keys);
                refused.add(request);
                throw new SecurityException(request);
            }
        }

        private String arn(String service, String resource) {
            return "arn:aws:" + service + ":" + Resolver.REGION + ":" + Resolver.ACCOUNT + ":" + resource;
        }

        private void item(String action, Key key) {
            require("dynamodb:" + action, arn("dynamodb", "table/" + key.table().name()), List.of(key.partition()));
        }

        private void table(String action, Table table) {
            require("dynamodb:" + action, arn("dynamodb", "table/" + table.name()), List.of());
        }

        // -------------------------------------------------------------- items

        @Override
        public Optional<Item> get(Key key) {
            item("GetItem", key);
            return items.get(key);
        }

        @Override
        public List<Item> getAll(Collection<Key> keys) {
            keys.forEach(key -> item("BatchGetItem", key));
            return items.getAll(keys);
        }

        @Override
        public List<Item> query(Table table, String partition, String from, String to, int limit) {
            require("dynamodb:Query", arn("dynamodb", "table/" + table.name()), List.of(partition));
            return items.query(table, partition, from, to, limit);
        }

        @Override
        public Iterable<Item> scan(Table table) {
            table("Scan", table);
            return items.scan(table);
        }

        private void write(String action, Write write) {
            item(action, write.key());
        }

        private void mayWrite(Write write) {
            write(
                    switch (write) {
                        case Write.Put _ -> "PutItem";
                        case Write.Update _, Write.Edits _ -> "UpdateItem";
                        case Write.Delete _ -> "DeleteItem";
                    },
                    write);
        }

        @Override
        public WriteOutcome write(Write write) {
            mayWrite(write);
            return items.write(write);
        }

        @Override
        public WriteOutcome transact(List<Write> writes) {
            writes.forEach(this::mayWrite);
            return items.transact(writes);
        }

        @Override
        public void deleteAll(Collection<Key> keys) {
            keys.forEach(key -> item("BatchWriteItem", key));
            items.deleteAll(keys);
        }

        // -------------------------------------------------------------- streams

        @Override
        public List<PutOutcome> put(String stream, List<StreamRecord> records) {
            require("kinesis:PutRecords", arn("kinesis", "stream/" + stream), List.of());
            return streams.put(stream, records);
        }

        @Override
        public List<Shard> shards(String stream) {
            require("kinesis:ListShards", arn("kinesis", "stream/" + stream), List.of());
            return streams.shards(stream);
        }

        // -------------------------------------------------------------- objects

        private String object(String key) {
            return "arn:aws:s3:::" + bus.bucket() + "/" + key;
        }

        /** S3 says of a key that is not there that it is forbidden, if its bucket may not be listed. */
        private void read(String key) {
            require("s3:GetObject", object(key), List.of());
            require("s3:ListBucket", "arn:aws:s3:::" + bus.bucket(), List.of());
        }

        @Override
        public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
            require("s3:PutObject", object(key), List.of());
            return objects.put(key, data, ifPresent);
        }

        @Override
        public Optional<byte[]> get(String key) {
            read(key);
            return objects.get(key);
        }

        @Override
        public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
            read(key);
            return objects.getRange(key, fromByte, bytes);
        }

        @Override
        public OptionalLong size(String key) {
            read(key);
            return objects.size(key);
        }

        @Override
        public List<String> list(String prefix, String afterExclusive, int limit) {
            require("s3:ListBucket", "arn:aws:s3:::" + bus.bucket(), List.of());
            return objects.list(prefix, afterExclusive, limit);
        }

        @Override
        public void delete(String key) {
            require("s3:DeleteObject", object(key), List.of());
            objects.delete(key);
        }

        // -------------------------------------------------------------- changes

        private String stream(Table table) {
            return arn("dynamodb", "table/" + table.name() + "/stream/2026-11-20T17:05:07.123");
        }

        @Override
        public List<ChangeShard> shards(Table table) {
            table("DescribeTable", table);
            require("dynamodb:DescribeStream", stream(table), List.of());
            return changes.shards(table);
        }

        @Override
        public Page read(Table table, String shard, String after, int limit) {
            require("dynamodb:GetShardIterator", stream(table), List.of());
            require("dynamodb:GetRecords", stream(table), List.of());
            return changes.read(table, shard, after, limit);
        }

        // -------------------------------------------------------------- functions

        @Override
        public InvokeOutcome invoke(String function, byte[] payload) {
            require("lambda:InvokeFunction", arn("lambda", "function:" + function), List.of());
            return lambda.invoke(function, payload);
        }
    }
}
