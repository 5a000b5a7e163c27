package dev.weir.flow;

import dev.weir.graph.Output;
import dev.weir.model.Json;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.QueueName;
import dev.weir.wire.EnvelopeEncoder;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The part of a commit that goes to queues which others write too, as RStreams' processor writes it: chunks and stored items, the heads of
 * their queues, and the authors' write checkpoints. Used for one commit.
 *
 * <p>Ids are drawn above the head as it was last seen, on condition that it is still below them; so what becomes visible is always above
 * all that was visible before, whoever wrote that.
 */
final class PackOutputs {
    private static final byte[] EID = ",\"eid\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = {'}', '\n'};

    private final Bus bus;
    private final String bot;
    private final Lane<?, ?> lane;
    private final Duration retention;
    private final long nowMillis;
    private final Gzip gzip;
    private final List<Write> writes;
    private final Heads heads;
    private final WriteCheckpoints checkpoints;

    PackOutputs(
            Bus bus,
            String bot,
            Lane<?, ?> lane,
            Duration retention,
            long nowMillis,
            Gzip gzip,
            List<Write> writes,
            WriteCheckpoints checkpoints) {
        this.bus = bus;
        this.bot = bot;
        this.lane = lane;
        this.retention = retention;
        this.nowMillis = nowMillis;
        this.gzip = gzip;
        this.writes = writes;
        this.heads = new Heads(bus, nowMillis);
        this.checkpoints = checkpoints;
    }

    /** Adds the writes; the heads that are answered hold once they are durable. */
    Heads pack() {
        Outputs outputs = lane.draft.outputs();
        for (Outputs.Entry entry : outputs.notes()) {
            if (entry instanceof Outputs.Given(Output.Note note)) {
                heads.note(note.queue(), note.attributes());
            }
        }
        outputs.logs().forEach(this::pack);
        heads.addTo(writes);
        return heads;
    }

    /** Runs of lines become chunks; a stored item stands between two runs. */
    private void pack(Output.Log log, List<Outputs.Entry> entries) {
        Ids ids = ids(log);
        int from = 0;
        boolean hasStored = lane.draft.outputs().hasStored();
        for (int i = 0; hasStored && i < entries.size(); i++) {
            if (entries.get(i) instanceof Outputs.Given(Output.Stored stored)) {
                lines(log, ids, entries.subList(from, i));
                stored(ids, stored);
                from = i + 1;
            }
        }
        lines(log, ids, entries.subList(from, entries.size()));
        ids.close(heads);
    }

    private Ids ids(Output.Log log) {
        return switch (log) {
            case Output.Log.Live live -> new Ids.OfQueue(live.queue(), lane.heads.get(live.queue()), nowMillis);
            case Output.Log.Snapshot snapshot ->
                new Ids.OfSnapshot(
                        snapshot,
                        heads.side(log.text(), lane.sideHeads.getOrDefault(log.text(), SideHead.NONE)),
                        nowMillis);
            case Output.Log.Archive archive ->
                new Ids.OfArchive(
                        archive, heads.side(log.text(), lane.sideHeads.getOrDefault(log.text(), SideHead.NONE)));
        };
    }

    private void lines(Output.Log log, Ids ids, List<Outputs.Entry> run) {
        if (run.isEmpty()) {
            return;
        }
        Ids.Run drawn = ids.draw(run.size());
        Pieces pieces = written(log, run, drawn);
        for (Pieces.Piece piece : pieces.cut(Limits.SHARED_CHUNK_BYTES)) {
            Item.Builder item = item(log, drawn.id(piece.from()), drawn.id(piece.to() - 1L), piece.to() - piece.from())
                    .with("gzip", piece.gzip())
                    .with("gzipSize", piece.gzip().length)
                    .with("size", piece.size());
            writes.add(new Write.Put(item.build(), Condition.ABSENT));
        }
    }

    /** Lines, of which each author's last one is his checkpoint. */
    private Pieces written(Output.Log log, List<Outputs.Entry> run, Ids.Run drawn) {
        Pieces pieces = new Pieces(gzip, bytes(run));
        EnvelopeEncoder envelopes = new EnvelopeEncoder(bot, log.queue(), pieces.lines());
        long own = 0;
        int last = 0;
        long sourceMillis = Long.MIN_VALUE;
        for (int i = 0; i < run.size(); i++) {
            switch (run.get(i)) {
                case Result result -> {
                    envelopes.line(result.payload(), result.correlation(), result.sourceMillis(), nowMillis, i);
                    own++;
                    last = i;
                    sourceMillis = Math.max(sourceMillis, result.sourceMillis());
                }
                case Outputs.Given(Output.Line line) -> {
                    line(line.line(), i, pieces);
                    checkpoints.wrote(line.author(), drawn, i);
                }
                case Outputs.Given other -> throw new IllegalStateException("no line: output=" + other.output());
            }
            pieces.endLine();
        }
        if (own > 0) {
            QueueName queue = QueueName.of(log.queue());
            checkpoints.wrote(new Output.Author(bot, queue, 0, own, sourceMillis, nowMillis), drawn, last);
        }
        return pieces;
    }

    private static long bytes(List<Outputs.Entry> run) {
        long bytes = 0;
        for (Outputs.Entry entry : run) {
            bytes += entry.bytes();
        }
        return bytes;
    }

    private static void line(Json line, int index, Pieces pieces) {
        pieces.lines().putOnOneLine(new Json(line.array(), line.from(), line.to() - 1));
        pieces.lines().put(EID);
        pieces.lines().putLong(index);
        pieces.lines().put(END);
    }

    private void stored(Ids ids, Output.Stored stored) {
        Ids.Run drawn = ids.draw(stored.records());
        Item.Builder item = item(stored.log(), drawn.id(0), drawn.id(stored.records() - 1), stored.records());
        stored.attributes().forEach(item::with);
        writes.add(new Write.Put(item.build(), Condition.ABSENT));
        stored.authors().forEach(author -> checkpoints.wrote(author, drawn, author.last()));
    }

    /** What all items of a queue have. What is archived stays for ever. */
    private Item.Builder item(Output.Log log, String start, String end, long records) {
        Item.Builder item = Item.at(new Key(bus.queues(), log.text(), end))
                .with("start", start)
                .with("records", records)
                .with("v", 2);
        return log instanceof Output.Log.Archive ? item : item.with("ttl", nowMillis / 1_000 + retention.toSeconds());
    }
}
