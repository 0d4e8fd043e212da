package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.Sampling.Taken;

/** A metrics collector whose latest sample of each job can be seen. Threads as the one behind it. */
final class WatchedCollector implements MetricsCollector {

    private final MetricsCollector collector;
    private final JobTrails trails;

    WatchedCollector(MetricsCollector collector, JobTrails trails) {
        this.collector = collector;
        this.trails = trails;
    }

    @Override
    public JobFacts facts(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
        return collector.facts(job);
    }

    @Override
    public Sampling collect(JobAutoScalerContext job, JobFacts facts)
            throws UnreachableException, InterruptedException {
        Sampling sampling = collector.collect(job, facts);
        if (sampling instanceof Taken taken) {
            trails.sampled(job.key(), taken.sample());
        }
        return sampling;
    }

    @Override
    public void forget(JobAutoScalerContext job) {
        collector.forget(job);
        trails.forget(job.key());
    }
}
