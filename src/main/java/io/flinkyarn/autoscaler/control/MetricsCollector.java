package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.sample.Sampling;

/** Reads what is to be known of a job. Called by many threads at once, but never for the same job. */
public interface MetricsCollector {

    /**
     * What does not change while the job runs; asked once per job run.
     *
     * @throws UnreachableException if Flink does not answer as it should
     */
    JobFacts facts(JobAutoScalerContext job) throws UnreachableException, InterruptedException;

    /**
     * One sample of the job's metrics, now.
     *
     * @throws UnreachableException if Flink does not answer as it should
     */
    Sampling collect(JobAutoScalerContext job, JobFacts facts) throws UnreachableException, InterruptedException;

    /** Drops what is cached about a job that has gone. */
    void forget(JobAutoScalerContext job);
}
