package dev.weir.functions.ledger;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.StreamRecord;
import dev.weir.wire.ChunkEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A producer that numbers its events per lane, and can write any part of them again in other records. */
final class Numbered {
    private final String id;
    private final Lanes lanes;
    private final TreeMap<Integer, List<String>> lines = new TreeMap<>();
    private final List<int[]> order = new ArrayList<>(); // lane and number of each event, as they came

    Numbered(String id, int lanes) {
        this.id = id;
        this.lanes = new Lanes(lanes);
    }

    /** Gives a transfer the next number in the lane of its source. */
    Numbered add(String transfer) {
        return add(Transfers.source(transfer), transfer);
    }

    Numbered add(String key, String line) {
        return add(lanes.of(key), line);
    }

    Numbered add(int lane, String line) {
        List<String> sent = lines.computeIfAbsent(lane, _ -> new ArrayList<>());
        sent.add(line);
        order.add(new int[] {lane, sent.size()});
        return this;
    }

    Numbered addAll(List<String> transfers) {
        transfers.forEach(this::add);
        return this;
    }

    int count(int lane) {
        return lines.getOrDefault(lane, List.of()).size();
    }

    /** The record of a lane's events {@code from} to {@code to}, both inclusive, from 1. */
    StreamRecord chunk(int lane, int from, int to) {
        ChunkEncoder encoder = new ChunkEncoder();
        encoder.begin(new Chunk(id, lane, lanes.count(), from));
        lines.getOrDefault(lane, List.of()).subList(from - 1, to).forEach(line -> encoder.add(Json.of(line)));
        return new StreamRecord("any", lanes.firstHash(lane).toString(), encoder.finish());
    }

    /** All events, in records of a number of events of one lane, each record where its last event is in the order. */
    List<StreamRecord> records(int events) {
        List<StreamRecord> records = new ArrayList<>();
        TreeMap<Integer, Integer> written = new TreeMap<>();
        for (int[] event : order) {
            int from = written.getOrDefault(event[0], 0);
            if (event[1] - from == events) {
                records.add(chunk(event[0], from + 1, event[1]));
                written.put(event[0], event[1]);
            }
        }
        lines.forEach((lane, sent) -> {
            int from = written.getOrDefault(lane, 0);
            if (from < sent.size()) {
                records.add(chunk(lane, from + 1, sent.size()));
            }
        });
        return records;
    }
}
