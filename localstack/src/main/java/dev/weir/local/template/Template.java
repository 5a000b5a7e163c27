package dev.weir.local.template;

import dev.weir.flow.Bus;
import dev.weir.local.bus.UsageException;
import dev.weir.model.Lanes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a CloudFormation template says a bus is. Immutable.
 *
 * @param file where it was read
 * @param buckets physical names
 * @param notHere how many resources it has that have no meaning on this machine, by type
 */
public record Template(
        String file,
        List<TableResource> tables,
        List<StreamResource> streams,
        List<String> buckets,
        List<FunctionResource> functions,
        List<MappingResource> mappings,
        List<ScheduleResource> schedules,
        Map<String, Integer> notHere) {

    private static final String PREFIX = "WEIR_BUS";
    private static final String LANES = "WEIR_LANES";

    public Template {
        tables = List.copyOf(tables);
        streams = List.copyOf(streams);
        buckets = List.copyOf(buckets);
        functions = List.copyOf(functions);
        mappings = List.copyOf(mappings);
        schedules = List.copyOf(schedules);
        notHere = Map.copyOf(notHere);
    }

    /**
     * Reads a template of JSON, as {@code cdk synth} makes it.
     *
     * @param place the file, or a folder as {@code cdk.out} with one {@code *.template.json}
     * @param region of what is local
     * @throws UsageException if it cannot be what is deployed; it says what, where and what to do
     */
    public static Template read(Path place, String region) {
        return TemplateReader.read(place, region);
    }

    /**
     * The names of the bus and its lanes, as all its functions are told by {@value #PREFIX} and {@value #LANES}.
     *
     * @throws UsageException if a function is not told, or two are told different things
     */
    public Bus bus() {
        int lanes;
        try {
            lanes = Integer.parseInt(said(LANES));
        } catch (NumberFormatException _) {
            throw new UsageException(
                    LANES + " must be a whole number: template=" + file + " " + LANES + "=" + said(LANES));
        }
        if (lanes < 1 || lanes > Lanes.COUNT_MAX) {
            throw new UsageException(
                    LANES + " must be 1 to " + Lanes.COUNT_MAX + ": template=" + file + " " + LANES + "=" + lanes);
        }
        return new Bus(said(PREFIX), new Lanes(lanes));
    }

    /** What all functions are told by a variable. */
    private String said(String variable) {
        Map<String, String> byValue = new TreeMap<>();
        for (FunctionResource function : functions) {
            String value = function.environment().get(variable);
            if (value == null) {
                throw new UsageException(
                        "a function is not told " + variable + ", add it to Environment.Variables: template=" + file
                                + " resource=" + function.id() + " function=" + function.name());
            }
            byValue.putIfAbsent(value, function.name());
        }
        if (byValue.size() != 1) {
            throw new UsageException(
                    "all functions of a bus have the same " + variable + ": template=" + file + " found=" + byValue);
        }
        return byValue.keySet().iterator().next();
    }

    /** The function that a reference means. */
    public FunctionResource function(FunctionName name) {
        return find(name)
                .orElseThrow(() -> new UsageException(
                        "the template has no such function or alias: template=" + file + " function=" + name.text()));
    }

    private Optional<FunctionResource> find(FunctionName name) {
        return functions.stream().filter(function -> function.is(name)).findFirst();
    }

    /** What refers to another resource refers to one that is there, and nothing has the name of another. */
    Template checked() {
        requireOnce("table", tables.stream().map(TableResource::name).toList());
        requireOnce("stream", streams.stream().map(StreamResource::name).toList());
        requireOnce("bucket", buckets);
        requireOnce("function", functions.stream().map(FunctionResource::name).toList());
        requireOnce("schedule", schedules.stream().map(ScheduleResource::name).toList());
        schedules.forEach(schedule -> function(schedule.function()));
        for (MappingResource mapping : mappings) {
            function(mapping.function());
            boolean isThere =
                    switch (mapping.source()) {
                        case MappingResource.Source.Stream(String name) ->
                            streams.stream().anyMatch(stream -> stream.name().equals(name));
                        case MappingResource.Source.Changes(String name) ->
                            tables.stream()
                                    .anyMatch(table -> table.name().equals(name)
                                            && table.view().isPresent());
                    };
            Optional<String> missing = mapping.failures().filter(bucket -> !buckets.contains(bucket));
            if (!isThere || missing.isPresent()) {
                throw new UsageException(
                        "what a mapping reads, and where it puts what it gives up, must be in the template:"
                                + " template=" + file + " resource=" + mapping.id()
                                + (isThere ? " bucket=" + missing.orElse("") : " source=" + mapping.source()));
            }
        }
        return this;
    }

    private void requireOnce(String what, List<String> names) {
        Map<String, Long> counts = names.stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        Set<String> twice = counts.keySet().stream()
                .filter(name -> counts.getOrDefault(name, 0L) > 1)
                .collect(Collectors.toSet());
        if (!twice.isEmpty()) {
            throw new UsageException("a name is taken twice: template=" + file + " " + what + "=" + twice);
        }
    }

    /** What it has, in one line. */
    public String summary() {
        return tables.size() + " tables, " + streams.size() + " streams, " + buckets.size() + " buckets, "
                + functions.size() + " functions, " + mappings.size() + " mappings, " + schedules.size()
                + " schedules";
    }

    /** What has no meaning on this machine, in one line. */
    public String notHereText() {
        return new TreeMap<>(notHere)
                .entrySet().stream()
                        .map(type -> type.getKey().replace("AWS::", "") + " " + type.getValue())
                        .collect(Collectors.joining(", "));
    }
}
