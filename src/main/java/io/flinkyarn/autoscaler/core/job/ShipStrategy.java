package io.flinkyarn.autoscaler.core.job;

/** How records travel along an edge of the job graph. The decision only asks whether they are partitioned by key. */
public enum ShipStrategy {
    HASH,
    OTHER;

    /** Reads {@code ship_strategy} of Flink's job plan. */
    public static ShipStrategy of(String name) {
        return "HASH".equalsIgnoreCase(name) ? HASH : OTHER;
    }
}
