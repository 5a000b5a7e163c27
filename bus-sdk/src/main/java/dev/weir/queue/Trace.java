package dev.weir.queue;

import java.util.List;
import java.util.Optional;

/**
 * Where an event came from, and what came of it.
 *
 * @param event the event itself
 * @param up what it came from: first the one before it, last its origin
 * @param down what was made of it, directly
 * @param waiting bots that read its queue and have not come to it, as {@code bot <- queue}
 * @param complete whether nothing was left out for the limits, or because it could not be read
 */
public record Trace(QueueEvent event, List<Up> up, List<Down> down, List<String> waiting, boolean complete) {

    public Trace {
        up = List.copyOf(up);
        down = List.copyOf(down);
        waiting = List.copyOf(waiting);
    }

    /**
     * A step up.
     *
     * @param from what the event below says of it
     * @param event the event, if it is still there
     */
    public record Up(Correlation from, Optional<QueueEvent> event) {}

    /**
     * A step down.
     *
     * @param bot who made it
     * @param event the event that was made
     * @param down what was made of that
     */
    public record Down(String bot, QueueEvent event, List<Down> down) {
        public Down {
            down = List.copyOf(down);
        }
    }
}
