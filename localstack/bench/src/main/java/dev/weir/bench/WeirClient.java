package dev.weir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.model.Json;
import dev.weir.queue.EventReader;
import dev.weir.queue.NewEvent;
import dev.weir.queue.Position;
import dev.weir.queue.PrefetchingReader;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueWriter;
import dev.weir.queue.ReadLimits;
import dev.weir.writer.Producer;
import dev.weir.writer.StreamWriter;
import dev.weir.writer.WriterLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * Weir's side of {@link LeoBench}, in a process of its own: as {@code leo-bench.js}, with the directory that says where the bus is in front of
 * the arguments.
 */
final class WeirClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader FROM_JSON = JSON.readerFor(Payment.class);
    private static final ObjectWriter TO_JSON = JSON.writerFor(Payment.class);
    private static final double NANOS = 1e9;

    private final Connection bus;
    private final List<Payment> payloads;

    private WeirClient(Connection bus, List<Payment> payloads) {
        this.bus = bus;
        this.payloads = payloads;
    }

    public static void main(String[] args) throws IOException {
        try (Connection bus = Connection.to(Address.find(Path.of(args[0])))) {
            String verb = args[1];
            List<Payment> payloads = verb.equals("load") ? payloads(Path.of(args[6])) : List.of();
            WeirClient client = new WeirClient(bus, payloads);
            int events = Integer.parseInt(args[3]);
            for (int times = 1; times <= Integer.parseInt(args[5]); times++) {
                client.act(verb, QueueName.of(args[4] + (verb.equals("load") ? times : 1)), events);
            }
            System.out.println("=> {\"warm\":true}");
            if (new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine() == null) {
                return;
            }
            long startMillis = System.currentTimeMillis();
            long start = System.nanoTime();
            client.act(verb, QueueName.of(args[2]), events);
            double seconds = (System.nanoTime() - start) / NANOS;
            System.out.println(
                    String.format(Locale.ROOT, "=> {\"seconds\":%.6f,\"startMillis\":%d}", seconds, startMillis));
        }
    }

    private static List<Payment> payloads(Path file) throws IOException {
        List<Payment> payloads = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            payloads.add(FROM_JSON.readValue(line));
        }
        return payloads;
    }

    private void act(String verb, QueueName queue, int events) throws IOException {
        switch (verb) {
            case "load" -> load(queue, events);
            case "objects" -> readAhead(queue, events, true);
            case "text" -> readAhead(queue, events, false);
            case "one" -> read(reader(queue), events, false);
            default -> throw new IllegalArgumentException("no such verb: verb=" + verb);
        }
    }

    /** The JSON of the values is made here too, as leo-sdk makes it of objects. */
    private void load(QueueName queue, int events) throws IOException {
        String producer = UUID.randomUUID().toString();
        var tables = bus.bus().queueTables();
        var time = bus.wiring().time();
        try (StreamWriter stream = StreamWriter.open(
                bus.wiring().streams(),
                Producer.fresh(producer, tables.stream(), tables.lanes()),
                time,
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS)) {
            QueueWriter writer = new QueueWriter(tables, producer, stream::put, bus.objects(), time);
            for (Payment payload : payloads.subList(0, events)) {
                writer.put(NewEvent.of("bench-weir", queue, Json.of(TO_JSON.writeValueAsBytes(payload))));
            }
        }
    }

    private EventReader reader(QueueName queue) {
        return bus.queues().reader(queue, Position.beginning());
    }

    private void readAhead(QueueName queue, int events, boolean parses) throws IOException {
        try (ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor()) {
            read(new PrefetchingReader(reader(queue), ahead), events, parses);
        }
    }

    /** Looks whether the next one came, where the payload is parsed. */
    private static void read(EventReader reader, int events, boolean parses) throws IOException {
        int read = 0;
        while (read < events) {
            List<QueueEvent> page = reader.next(ReadLimits.DEFAULTS).orThrow().events();
            if (page.isEmpty()) {
                throw new IllegalStateException("events are missing: read=" + read + " of=" + events);
            }
            for (QueueEvent event : page) {
                int expected = read++;
                if (parses && number(event.payload()) != expected) {
                    throw new IllegalStateException("out of order: expected=" + expected + " eid=" + event.eid());
                }
            }
        }
    }

    private static int number(Json payload) throws IOException {
        Payment payment = FROM_JSON.readValue(payload.array(), payload.from(), payload.length());
        return payment.i();
    }
}
