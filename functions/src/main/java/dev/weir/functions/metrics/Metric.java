package dev.weir.functions.metrics;

/** What is measured of a bus. The names are those in CloudWatch, in the namespace {@link #NAMESPACE}. */
public enum Metric {
    /** Events that took effect. Of a run without any it is 0, so that it is seen that the bot lives. */
    EVENTS("Events", Unit.COUNT),
    /** Events that wait for their predecessors, in the lanes that ran. */
    HELD("Held", Unit.COUNT),
    /** For how long the first of them waits. */
    HELD_AGE("HeldAge", Unit.MILLISECONDS),
    /** Events that were parked; of a step those that were parked there. */
    PARKED("Parked", Unit.COUNT),
    /** Gaps that were passed after their deadline. */
    GAPS("Gaps", Unit.COUNT),
    /** Lanes that stopped because another copy has them. */
    FENCED("Fenced", Unit.COUNT),
    /** How often commits had to be tried again. */
    CONFLICTS("Conflicts", Unit.COUNT),
    /** 1 of a bot that is stopped, or hardly tried, because it fails again and again. */
    ROGUE("Rogue", Unit.COUNT),
    /** How far the position of a bot on queues lies back, if there is something behind it; of a bus the longest. */
    LAG("Lag", Unit.MILLISECONDS),

    /** Dropped: the shard delivered them before. */
    REDELIVERED("Redelivered", Unit.COUNT),
    /** Dropped: the producer sent them before. */
    RETRIED_BY_PRODUCER("RetriedByProducer", Unit.COUNT),
    /** Dropped: an id or a number seen before. */
    SAME_BUSINESS_ID("SameBusinessId", Unit.COUNT),
    /** Dropped: ranges that an archive had already. */
    SAME_RANGE("SameRange", Unit.COUNT),
    /** Events that were put aside because a predecessor is missing. */
    PUT_ASIDE("PutAside", Unit.COUNT),
    /** Additions from other lanes that took effect. */
    MERGED("Merged", Unit.COUNT),
    /** Parked events that were put back. */
    PUT_BACK("PutBack", Unit.COUNT),
    /** Parked events that were dropped by hand. */
    DROPPED("Dropped", Unit.COUNT),
    /** Transactions that were written. */
    COMMITS("Commits", Unit.COUNT),
    /** Items of these transactions. */
    ITEMS("Items", Unit.COUNT),
    /** Events that were sent on to the lane of their key. */
    FORWARDED("Forwarded", Unit.COUNT),
    /** Items of the outbox that are still to be sent. */
    UNSENT("Unsent", Unit.COUNT);

    /** All are here. */
    public static final String NAMESPACE = "Weir";

    /** The names of the dimensions. */
    public static final String BUS = "Bus";

    public static final String BOT = "Bot";
    public static final String STEP = "Step";

    /** As CloudWatch knows them. */
    enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds");

        private final String label;

        Unit(String label) {
            this.label = label;
        }
    }

    private final String label;
    private final Unit unit;

    Metric(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The name in CloudWatch. */
    public String label() {
        return label;
    }

    /** In which it is measured. */
    public String unit() {
        return unit.label;
    }
}
