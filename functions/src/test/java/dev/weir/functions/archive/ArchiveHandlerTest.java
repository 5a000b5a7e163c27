package dev.weir.functions.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Bus;
import dev.weir.functions.QuietContext;
import dev.weir.functions.Wiring;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Eid;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.Archiver;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueHead;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.Gzip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchiveHandlerTest {
    private static final long START_MILLIS = 1_800_000_000_000L;

    private final Bus bus = new Bus("weir", new Lanes(1));
    private final MemoryItems items = new MemoryItems();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ManualTime time = new ManualTime(START_MILLIS);
    private final Wiring wiring = new Wiring(bus, items, new MemoryStreams(time), time);
    private final Queues queues = new Queues(bus.queueTables(), items, objects, time);

    /** One event in a chunk of its own, at the time of the clock. */
    private void write(String queue, byte[] gzip) {
        String eid = new Eid(time.epochMillis(), 0).toString();
        items.write(new Write.Put(
                Item.at(new Key(bus.queues(), queue, eid))
                        .with("start", eid)
                        .with("gzip", gzip)
                        .build(),
                Condition.ALWAYS));
        items.write(new Write.Update(
                new Key(bus.heads(), queue, null), Map.of("max_eid", Attribute.of(eid)), Condition.ALWAYS));
    }

    private void write(String queue, int payload) {
        byte[] line = ("{\"id\":\"b\",\"event\":\"" + queue + "\",\"payload\":" + payload + "}\n")
                .getBytes(StandardCharsets.UTF_8);
        write(queue, new Gzip(Gzip.LEVEL_DEFAULT).compress(line, 0, line.length));
    }

    private String archived(String queue) {
        return queues.head(QueueName.of(queue))
                .flatMap(QueueHead::archiveEnd)
                .flatMap(Eid::parse)
                .map(eid -> Long.toString(eid.epochMillis() - START_MILLIS))
                .orElse("nothing");
    }

    @Test
    void everyQueueIsArchivedUpToAnHourAgo() throws IOException {
        write("a", 1);
        write("b", 1);
        time.advance(Duration.ofMinutes(30));
        write("a", 2);
        time.advance(Duration.ofMinutes(45));

        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new ArchiveHandler(wiring, objects)
                .handleRequest(new ByteArrayInputStream(new byte[0]), answer, new QuietContext(60_000));

        assertThat(answer).hasToString("{\"queues\":2,\"events\":2,\"done\":true,\"troubles\":[]}");
        assertThat(archived("a")).isEqualTo("0");
        assertThat(archived("b")).isEqualTo("0");
    }

    @Test
    void aQueueInTroubleDoesNotStopTheOthersAndIsNamed() {
        write("a", new byte[] {0x1F, (byte) 0x8B, 0});
        write("b", 1);
        time.advance(Duration.ofHours(2));

        ArchiveRun.Round round = run().until(Long.MAX_VALUE);

        assertThat(archived("b")).isEqualTo("0");
        assertThat(round.done()).isTrue();
        assertThat(round.troubles())
                .singleElement()
                .asString()
                .contains("queue=a")
                .contains("not gzip");
    }

    private ArchiveRun run() {
        return new ArchiveRun(queues, new Archiver(bus.queueTables(), items, objects, time), time);
    }

    @Test
    void aRoundWithoutTimeIsGoneOnWithByTheNextOne() {
        write("a", 1);
        write("b", 1);
        time.advance(Duration.ofHours(2));
        new Archiver(bus.queueTables(), items, objects, time).archive(QueueName.of("a"), time.epochMillis(), 0);

        assertThat(run().until(time.epochMillis()).done()).isFalse();
        assertThat(run().until(time.epochMillis() + 1)).isEqualTo(new ArchiveRun.Round(2, 1, List.of(), true));
        assertThat(archived("b")).isEqualTo("0");
    }

    @Test
    void whatWasArchivedIsReadLikeTheRest() {
        write("a", 1);
        time.advance(Duration.ofHours(2));
        write("a", 2);
        run().until(Long.MAX_VALUE);
        time.advance(Duration.ofMillis(1));
        write("a", 3);

        Page page = queues.reader(QueueName.of("a"), Position.beginning()).next(ReadLimits.DEFAULTS);

        assertThat(page.events())
                .extracting(event -> event.payload().toString())
                .containsExactly("1", "2", "3");
    }
}
