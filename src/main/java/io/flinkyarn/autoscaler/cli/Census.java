package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.PassedOver;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.PolicySource;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One cluster as somebody sees it who asks once: its jobs, and what is not looked after, with the reason.
 *
 * @param passedOver empty where the cluster did not tell
 */
record Census(String cluster, Listing listing, List<Seen> jobs, Optional<List<PassedOver>> passedOver) {

    /**
     * A job.
     *
     * @param named policies that hold for it
     * @param version of Flink; empty where the job could not be read
     * @param why nothing is done with it; empty where something is
     */
    record Seen(
            JobAutoScalerContext job,
            JobMode mode,
            List<String> named,
            Optional<String> version,
            Optional<String> why) {}

    /** Asks the cluster, and each of its jobs for its options. Changes nothing. */
    static Census take(JobListFetcher fetcher, MetricsCollector collector, PolicySource policies)
            throws InterruptedException {
        Listing listing = fetcher.fetch();
        List<Seen> jobs = new ArrayList<>();
        for (JobAutoScalerContext job : listing.jobs()) {
            jobs.add(see(job, collector, policies));
        }
        Optional<List<PassedOver>> passedOver;
        try {
            passedOver = listing.complete() ? Optional.of(fetcher.passedOver()) : Optional.empty();
        } catch (UnreachableException e) {
            passedOver = Optional.empty();
        }
        return new Census(fetcher.cluster(), listing, jobs, passedOver);
    }

    private static Seen see(JobAutoScalerContext job, MetricsCollector collector, PolicySource policies)
            throws InterruptedException {
        JobFacts facts;
        try {
            facts = collector.facts(job);
        } catch (UnreachableException e) {
            return new Seen(
                    job, JobMode.UNKNOWN, List.of(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
        Optional<String> version = Optional.of(facts.flinkVersion());
        return policies.read(job, facts.configuration(), Optional.empty())
                .match(
                        valid -> {
                            JobMode mode = JobMode.of(facts, valid.policy());
                            return new Seen(job, mode, valid.named(), version, why(mode, facts, valid.policy()));
                        },
                        invalid -> new Seen(
                                job,
                                JobMode.INVALID,
                                List.of(),
                                version,
                                Optional.of(invalid.problems().stream()
                                        .map(Problem::message)
                                        .collect(Collectors.joining("; ")))));
    }

    private static Optional<String> why(JobMode mode, JobFacts facts, ScalingPolicy policy) {
        return switch (mode) {
            case OFF -> Optional.of(policy.modeCap().orElse("job.autoscaler.enabled is not true"));
            case OBSERVING ->
                Optional.of(
                        facts.rescalable()
                                ? policy.modeCap().orElse("scaling is switched off for it")
                                : "Flink cannot rescale it in place: set jobmanager.scheduler: adaptive, with Flink 1.18 or later");
            case UNKNOWN, INVALID, SCALING -> Optional.empty();
        };
    }
}
