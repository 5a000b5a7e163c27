package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.queue.QueueName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One bot, as its row was when it was read. Whatever other clients put into it is tolerated: what has an unexpected type counts as absent.
 *
 * @param item the whole row
 */
public record CronRow(Item item) {

    public String bot() {
        return item.key().partition();
    }

    /** How far the bot has read a queue. */
    public Optional<Checkpoint> read(QueueName queue) {
        return checkpoint("read", queue);
    }

    /** How far the bot has written a queue. */
    public Optional<Checkpoint> write(QueueName queue) {
        return checkpoint("write", queue);
    }

    /** The last event of a queue for which the bot was woken. */
    public Optional<String> requested(QueueName queue) {
        return text(struct("requested_kinesis"), queue.refId());
    }

    /** The queues whose new events wake the bot; the same queue may come in two spellings, and is here once. */
    public List<QueueName> triggers() {
        return item.get("triggers") instanceof Attribute.Sequence triggers
                ? triggers.value().stream()
                        .filter(Attribute.Text.class::isInstance)
                        .map(trigger -> ((Attribute.Text) trigger).value())
                        .filter(trigger -> !trigger.isBlank())
                        .map(QueueName::parse)
                        .distinct()
                        .toList()
                : List.of();
    }

    /** The function to invoke. */
    public Optional<String> function() {
        return text(item.attributes(), "lambdaName")
                .or(() -> text(struct("invocation"), "lambdaName"))
                .filter(name -> !name.isEmpty());
    }

    /** Logical name of the stream whose records the bot is given; empty for a bot on queues, and for what is no bot of Weir's. */
    public Optional<String> stream() {
        return text(item.attributes(), Paths.STREAM.attribute()).filter(name -> !name.isEmpty());
    }

    /** When the bot runs by the clock: cron text of five or six fields. */
    public Optional<String> schedule() {
        return text(item.attributes(), "time").filter(time -> !time.isBlank());
    }

    public boolean isPaused() {
        return flag("paused");
    }

    public boolean isArchived() {
        return flag("archived");
    }

    /** Whether the next run was asked for by hand, and happens although the bot is paused. */
    public boolean isForced() {
        return flag("ignorePaused");
    }

    /** Runs that failed since the last that did not. */
    public int errors() {
        return Math.clamp(whole(item.attributes(), "errorCount").orElse(0), 0, Integer.MAX_VALUE);
    }

    /** Why the last run failed. */
    public Optional<String> message() {
        return text(item.attributes(), "message");
    }

    /** The mark of whoever last wanted the bot to run; they rise. */
    OptionalLong trigger() {
        return whole(item.attributes(), "trigger");
    }

    /** The mark that the last invocation answered; wanted is what is above it. */
    OptionalLong token() {
        return whole(item.attributes(), "token");
    }

    /** Before which moment the bot is not to run, and when it is then to run; 0 is never. */
    long laterMillis() {
        return whole(item.attributes(), "scheduledTrigger").orElse(0);
    }

    /** The moment of its schedule that was last seen to. */
    OptionalLong scheduledMillis() {
        return whole(item.attributes(), "scheduledTime");
    }

    Optional<Instance> instance(String iid) {
        return struct("instances").get(iid) instanceof Attribute.Struct instance
                        && !instance.value().isEmpty()
                ? Optional.of(Instance.of(instance.value(), this))
                : Optional.empty();
    }

    /** Ids by queue for which the bot was woken: those of its triggers, and of their sub-queues. */
    Map<String, Attribute> requested() {
        return struct("requested_kinesis");
    }

    OptionalLong whole(String name) {
        return whole(item.attributes(), name);
    }

    private Optional<Checkpoint> checkpoint(String kind, QueueName queue) {
        Attribute stored = struct("checkpoints").get(kind) instanceof Attribute.Struct checkpoints
                ? checkpoints.value().get(queue.refId())
                : null;
        return stored == null ? Optional.empty() : Checkpoint.from(item.key(), stored);
    }

    private boolean flag(String name) {
        return item.get(name) instanceof Attribute.Flag flag && flag.value();
    }

    private Map<String, Attribute> struct(String name) {
        return item.get(name) instanceof Attribute.Struct struct ? struct.value() : Map.of();
    }

    static Optional<String> text(Map<String, Attribute> from, String name) {
        return from.get(name) instanceof Attribute.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    static OptionalLong whole(Map<String, Attribute> from, String name) {
        return from.get(name) instanceof Attribute.Number number
                ? OptionalLong.of(number.value().longValue())
                : OptionalLong.empty();
    }

    Key key() {
        return item.key();
    }
}
