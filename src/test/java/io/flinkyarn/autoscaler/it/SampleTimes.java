package io.flinkyarn.autoscaler.it;

import java.io.IOException;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * When the daemon has sampled a job, by the rows of its metrics window: what a cycle leaves behind that went through. Rows that leave the window are
 * deleted, so it has to look now and then. For one thread.
 */
final class SampleTimes {

    private static final String TIMES = "SELECT s.sampled_at FROM metric_sample s JOIN v_jobs j"
            + " ON j.job_run_id = s.job_run_id WHERE j.application_id = ?";

    private final DaemonDatabase database;
    private final String applicationId;
    private final NavigableSet<Long> seen = new TreeSet<>();

    SampleTimes(DaemonDatabase database, String applicationId) {
        this.database = database;
        this.applicationId = applicationId;
    }

    /** How many there are since then. */
    int since(long epochMillis) throws IOException {
        database.rows(TIMES, applicationId).forEach(row -> seen.add((long) DaemonDatabase.number(row, "sampled_at")));
        return seen.tailSet(epochMillis).size();
    }

    /** From then to the first one after it. */
    Duration untilNext(long epochMillis) {
        return Duration.ofMillis(seen.tailSet(epochMillis).first() - epochMillis);
    }

    /** Cycles without a sample between any two, from the one before then on. */
    long lostSince(long epochMillis, Duration cycle) {
        return Math.max(0, Math.round((double) longestSince(epochMillis).toMillis() / cycle.toMillis()) - 1);
    }

    /** The longest time between two samples, from the one before then on. */
    Duration longestSince(long epochMillis) {
        long longest = 0;
        Long before = seen.lower(epochMillis);
        for (long sample : seen.tailSet(epochMillis)) {
            longest = before == null ? longest : Math.max(longest, sample - before);
            before = sample;
        }
        return Duration.ofMillis(longest);
    }
}
