package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What has been learned about one run of a job, and needs not be asked again: the names of its metrics, and whether the TaskManagers know
 * the time of garbage collection. Replaced when the job restarts. Not safe for threads: a job is sampled by one at a time.
 */
final class JobRun {

    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration OLD = Duration.ofHours(1);

    private final Instant runningSince;
    private final Map<VertexId, Listed> names = new HashMap<>();
    private boolean gcTimeUnknown;

    JobRun(Instant runningSince) {
        this.runningSince = runningSince;
    }

    boolean isRunSince(Instant time) {
        return runningSince.equals(time);
    }

    /** The names of a source, unless it is time to list them again. */
    Optional<VertexMetricNames> names(VertexId source, Instant now) {
        return Optional.ofNullable(names.get(source))
                .filter(listed -> now.isBefore(listed.until))
                .map(Listed::names);
    }

    /**
     * Keeps the names of a source for as long as the job has run by now, at least a minute, at most an hour. Most names exist from the start.
     * But a Kafka source registers its lag with the first record that it reads, and partitions can be added; a job that never got to know
     * them would seem to have no lag at all.
     */
    void keep(VertexId source, VertexMetricNames listed, Instant now) {
        Duration age = Duration.between(runningSince, now);
        Duration validity = age.compareTo(YOUNG) < 0 ? YOUNG : age.compareTo(OLD) > 0 ? OLD : age;
        names.put(source, new Listed(listed, now.plus(validity)));
    }

    boolean isGcTimeUnknown() {
        return gcTimeUnknown;
    }

    void rememberThatGcTimeIsUnknown() {
        gcTimeUnknown = true;
    }

    private record Listed(VertexMetricNames names, Instant until) {}
}
