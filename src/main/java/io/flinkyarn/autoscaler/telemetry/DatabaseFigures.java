package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import java.util.Optional;

/**
 * How the records stand now. Made by the composition root whenever it is asked for.
 *
 * @param absence since when the store does not answer; empty while it does
 * @param recorded whether the status could be written in the latest cycle
 * @param pool empty where there is no database
 */
public record DatabaseFigures(Optional<Absence> absence, boolean recorded, Optional<Pool> pool) {

    /**
     * The connections to the database.
     *
     * @param max that it may have
     * @param waiting threads that wait for one
     */
    public record Pool(int active, int idle, int max, int waiting) {}

    void read(Readings readings) {
        readings.gauge(Metrics.STORE_UP, absence.isEmpty() ? 1 : 0);
        readings.gauge(Metrics.STORE_WAITING, absence.map(Absence::waiting).orElse(0));
        readings.gauge(Metrics.STATUS_RECORDED, recorded ? 1 : 0);
        pool.ifPresent(p -> {
            readings.gauge(Metrics.POOL_CONNECTIONS, p.active(), "active");
            readings.gauge(Metrics.POOL_CONNECTIONS, p.idle(), "idle");
            readings.gauge(Metrics.POOL_CONNECTIONS, p.max(), "max");
            readings.gauge(Metrics.POOL_WAITING, p.waiting());
        });
    }
}
