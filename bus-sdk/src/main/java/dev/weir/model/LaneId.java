package dev.weir.model;

/** Which lane of a stream a bot's checkpoint is about. */
public sealed interface LaneId {

    /** The name in checkpoints, logs and metrics; unique within a stream. */
    String text();

    /** A slice of the key space. */
    record Slice(int index) implements LaneId {
        @Override
        public String text() {
            return "lane-" + index;
        }
    }

    /** The way of foreign records of one shard that belong to no lane of their own: they are sent on to the lanes of their keys. */
    record PassThrough(String shardId) implements LaneId {
        @Override
        public String text() {
            return "shard-" + shardId;
        }
    }
}
