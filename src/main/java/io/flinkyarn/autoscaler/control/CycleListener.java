package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;

/** Is told about every cycle of every job when it is over. Called by many threads at once; does not throw, and returns at once. */
public interface CycleListener {

    /** Where nobody wants to know. */
    CycleListener NONE = cycle -> {};

    void ran(Cycle cycle);

    /**
     * One cycle of one job.
     *
     * @param late how long after its moment it was started
     * @param skipped how many cycles before it did not take place, as the one before them took too long or too many other jobs were due
     * @param took from start to end
     */
    record Cycle(JobKey job, Duration late, long skipped, Duration took, Instant ended) {}
}
