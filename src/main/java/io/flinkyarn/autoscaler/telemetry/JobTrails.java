package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is kept of each job between two scrapes, as the board has it not: its latest sample, and how often it was rescaled. Written by the ticks,
 * forgotten with the job. Any thread may call it.
 */
final class JobTrails {

    private final Map<JobKey, Trail> trails = new ConcurrentHashMap<>();

    /** Where the parallelism of the vertices that a rescale changes goes. */
    enum Direction {
        UP,
        DOWN,
        MIXED
    }

    /**
     * @param rescale the latest that was seen, in its latest phase
     * @param rescales that were decided since the job was found
     */
    record Trail(Optional<JobSample> sample, Optional<Reconciliation> rescale, Map<Direction, Long> rescales) {

        static final Trail NONE = new Trail(Optional.empty(), Optional.empty(), Map.of());

        Trail {
            rescales = Map.copyOf(rescales);
        }

        private Trail rescaled(Direction direction) {
            Map<Direction, Long> more = new EnumMap<>(Direction.class);
            more.putAll(rescales);
            more.merge(direction, 1L, Long::sum);
            return new Trail(sample, rescale, more);
        }
    }

    Trail of(JobKey job) {
        return trails.getOrDefault(job, Trail.NONE);
    }

    void sampled(JobKey job, JobSample sample) {
        trails.merge(
                job,
                new Trail(Optional.of(sample), Optional.empty(), Map.of()),
                (before, now) -> new Trail(now.sample, before.rescale, before.rescales));
    }

    void rescaled(JobKey job, Direction direction) {
        trails.compute(job, (key, before) -> (before == null ? Trail.NONE : before).rescaled(direction));
    }

    /** @return how it was before */
    Optional<Reconciliation> rescaleIs(JobKey job, Optional<Reconciliation> rescale) {
        Optional<Reconciliation> before = of(job).rescale;
        trails.compute(job, (key, trail) -> {
            Trail known = trail == null ? Trail.NONE : trail;
            return new Trail(known.sample, rescale, known.rescales);
        });
        return before;
    }

    void forget(JobKey job) {
        trails.remove(job);
    }
}
