package dev.weir.bot;

import dev.weir.flow.Bus;
import dev.weir.pipeline.Programs;
import dev.weir.port.Items;
import dev.weir.port.ObjectStore;
import dev.weir.port.Streams;
import dev.weir.port.TableChanges;
import dev.weir.port.Time;

/**
 * What a bot runs on, besides a spine. Thread-safe.
 *
 * @param objects the bus's bucket
 * @param changes of the bus's tables
 * @param programs runs the programs of pipelines
 */
public record Ports(
        Bus bus,
        Items items,
        Streams streams,
        ObjectStore objects,
        TableChanges changes,
        Programs programs,
        Time time) {}
