package io.flinkyarn.autoscaler.simulation;

/**
 * How Flink makes a number per second out of a counter: its growth over the last minute, looked at every five seconds. A task that began to
 * run less than a minute ago has less to look back on.
 */
final class Meter {

    static final int PERIOD = 5;
    private static final int SPAN = 60;

    private final double[] history = new double[SPAN / PERIOD + 1];
    private int updates;

    /** Called every {@link #PERIOD} seconds. */
    void update(double counter) {
        updates++;
        history[updates % history.length] = counter;
    }

    /**
     * The growth over the whole minute, whether there was one or not: right after a start a rate of records is too low. So it is seen in Flink:
     * 10,659 records within the first 55 s are 177.65/s.
     */
    double perSecond() {
        return growth() / SPAN;
    }

    /** The growth over the time that there was: ratios of time are right from the start. */
    double perSecondSinceTheStart() {
        return updates == 0 ? 0 : growth() / Math.min(SPAN, updates * PERIOD);
    }

    private double growth() {
        return history[updates % history.length] - history[(updates + 1) % history.length];
    }
}
