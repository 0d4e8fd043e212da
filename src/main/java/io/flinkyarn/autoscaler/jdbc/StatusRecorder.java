package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.jdbc.Recorded.Difference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the board shows into the database: what differs from what it wrote last, for all jobs together. Made by the daemon, and run once per
 * cycle, by one thread at a time. The numbers that change all the time are written once a minute.
 *
 * <p>Where the database is away, it says so once and goes on when it is back. Nothing is queued meanwhile: what holds then is written then.
 */
public final class StatusRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusRecorder.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration REMEMBER_UNSEEN = Duration.ofHours(1);

    private final Database database;
    private final Board board;
    private final Clock clock;
    private final List<Recorded> tables;

    private boolean loaded;
    private Instant minute = Instant.MIN;
    private volatile Optional<Trouble> trouble = Optional.empty();

    /**
     * A database that cannot be written.
     *
     * @param message one line for people
     */
    public record Trouble(String message, Instant since) {}

    /**
     * @param interval of the cycles
     * @param forgetAfter after which a run that is not seen counts as ended
     * @param keepsMetrics whether the metrics of each minute are kept
     */
    public StatusRecorder(
            Database database,
            Board board,
            Clock clock,
            Duration interval,
            Duration forgetAfter,
            boolean keepsMetrics) {
        this.database = database;
        this.board = board;
        this.clock = clock;
        Duration threeCycles = interval.multipliedBy(3);
        List<Recorded> recorded = new ArrayList<>(List.of(
                new LastSeen(),
                new RunEnds(forgetAfter),
                new JobStatusRows(),
                new VertexStatusRows(),
                new JobOptionRows(),
                new ClusterStatusRows(),
                new ClusterProblemRows(),
                new SlotUsageRows(threeCycles.compareTo(MINUTE) < 0 ? MINUTE : threeCycles)));
        if (keepsMetrics) {
            recorded.add(new MetricMinuteRows());
        }
        this.tables = List.copyOf(recorded);
    }

    /** Why the latest cycle could not be recorded; empty where it was. Any thread may ask. */
    public Optional<Trouble> trouble() {
        return trouble;
    }

    /** One cycle. Does not throw. */
    public void run() {
        Instant now = clock.instant();
        // A clock that was set back begins another minute, too.
        record(now, now.isBefore(minute) || !now.isBefore(minute.plus(MINUTE)));
    }

    /** Writes what would have waited for the minute. To be called when {@link #run} is no longer. */
    @Override
    public void close() {
        if (loaded && trouble.isEmpty()) {
            record(clock.instant(), true);
        }
    }

    private void record(Instant now, boolean full) {
        try {
            write(now, full);
            trouble.ifPresent(t -> LOG.info("the status is recorded again; it was not since {}", t.since()));
            trouble = Optional.empty();
            if (full) {
                minute = now;
                database.runs().forgetUnseen(now.minus(REMEMBER_UNSEEN));
            }
        } catch (StoreException e) {
            if (trouble.isEmpty()) {
                LOG.warn("{}; this is tried again in every cycle", e.getMessage());
            }
            failed(String.valueOf(e.getMessage()), now);
        } catch (RuntimeException e) {
            if (trouble.isEmpty()) {
                LOG.error("defect of the autoscaler in recording its status", e);
            }
            failed("the autoscaler failed with a defect of its own, " + e, now);
        }
    }

    private void failed(String message, Instant now) {
        trouble = Optional.of(new Trouble(message, trouble.map(Trouble::since).orElse(now)));
    }

    private void write(Instant now, boolean full) throws StoreException {
        if (!loaded) {
            database.transaction("read the status", handle -> {
                tables.forEach(table -> table.load(handle));
                return true;
            });
            loaded = true;
        }
        Present present = new Present(runs(now), board.clusters(), now, full);
        // All of them first: some count time, also while nothing can be written.
        List<Optional<Difference>> differences =
                tables.stream().map(table -> table.difference(present)).toList();
        for (Optional<Difference> difference : differences) {
            if (difference.isPresent()) {
                database.transaction("record the status", handle -> {
                    difference.get().write().useHandle(handle);
                    return true;
                });
                difference.get().written().run();
            }
        }
    }

    private List<Present.Run> runs(Instant now) throws StoreException {
        List<Present.Run> runs = new ArrayList<>();
        for (JobView view : board.jobs()) {
            if (!view.isRead()) {
                // Its options, and with them its name, are read in its first cycle.
                continue;
            }
            runs.add(new Present.Run(database.runs().idOf(view.job(), now), view));
        }
        return runs;
    }
}
