package dev.weir.local.kinesis.server;

import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import dev.weir.local.kinesis.ShardFilter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Which shards to list and from where; as text it is ListShards's NextToken, so the server remembers nothing between pages.
 *
 * @param afterShardId the last shard that was listed; empty at the start
 */
record ShardPage(String stream, String afterShardId, ShardFilter filter) {

    ShardPage after(String shardId) {
        return new ShardPage(stream, shardId, filter);
    }

    String text() {
        String filterText =
                switch (filter) {
                    case ShardFilter.All _ -> "all/";
                    case ShardFilter.AtLatest _ -> "at-latest/";
                    case ShardFilter.AtTrimHorizon _ -> "at-horizon/";
                    case ShardFilter.FromTrimHorizon _ -> "from-horizon/";
                    case ShardFilter.AtTimestamp at -> "at/" + at.epochMillis();
                    case ShardFilter.FromTimestamp from -> "from/" + from.epochMillis();
                    case ShardFilter.AfterShard after -> "after/" + after.shardId();
                };
        byte[] plain = (stream + "/" + afterShardId + "/" + filterText).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    static ShardPage parse(String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("/", -1);
            if (parts.length == 4) {
                return new ShardPage(parts[0], parts[1], filter(parts[2], parts[3]));
            }
        } catch (IllegalArgumentException _) {
            throw invalid(token);
        }
        throw invalid(token);
    }

    private static ShardFilter filter(String kind, String argument) {
        return switch (kind) {
            case "all" -> new ShardFilter.All();
            case "at-latest" -> new ShardFilter.AtLatest();
            case "at-horizon" -> new ShardFilter.AtTrimHorizon();
            case "from-horizon" -> new ShardFilter.FromTrimHorizon();
            case "at" -> new ShardFilter.AtTimestamp(Long.parseLong(argument));
            case "from" -> new ShardFilter.FromTimestamp(Long.parseLong(argument));
            case "after" -> new ShardFilter.AfterShard(argument);
            default -> throw new IllegalArgumentException("unknown filter: kind=" + kind);
        };
    }

    private static KinesisException invalid(String token) {
        return new KinesisException(KinesisError.INVALID_ARGUMENT, "not a token of this server: NextToken=" + token);
    }
}
