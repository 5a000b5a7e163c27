package dev.weir.local.kinesis;

/**
 * A shard as DescribeStream and ListShards show it.
 *
 * @param view the shard
 * @param startingSequenceNumber a number below its first record's and above everything in its parents
 */
public record ShardDetail(ShardView view, String startingSequenceNumber) {}
