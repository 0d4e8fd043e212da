package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events that happen outside a step, for instance that a job cannot be reached. Those of a step are stored with it by
 * {@link JdbcAutoScalerStateStore}. Any thread may call it; the map of warnings is concurrent.
 */
public final class JdbcAutoScalerEventHandler implements AutoScalerEventHandler {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAutoScalerEventHandler.class);
    private static final Duration WARN_AGAIN = Duration.ofMinutes(1);

    private final Database database;
    private final ConcurrentMap<String, Instant> warned = new ConcurrentHashMap<>();

    /** The database is closed by whoever has opened it. */
    public JdbcAutoScalerEventHandler(Database database) {
        this.database = database;
    }

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        try {
            long jobRunId = database.runs().idOf(job, now);
            database.transaction("store events", handle -> {
                EventRows.add(handle, jobRunId, event, now);
                return jobRunId;
            });
        } catch (StoreException | RuntimeException e) {
            warn(String.valueOf(e.getMessage()), event, now);
        }
    }

    private void warn(String cause, JobEvent event, Instant now) {
        warned.values().removeIf(last -> !now.isBefore(last.plus(WARN_AGAIN)));
        if (warned.putIfAbsent(cause, now) == null) {
            LOG.warn("{}; lost the event {}: {}", cause, event.reason().text(), event.message());
        }
    }

    @Override
    public void close() {}
}
