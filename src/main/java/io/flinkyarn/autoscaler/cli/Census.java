package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.PassedOver;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
     * @param version of Flink; empty where the job could not be read
     * @param why nothing is done with it; empty where something is
     */
    record Seen(JobAutoScalerContext job, JobMode mode, Optional<String> version, Optional<String> why) {}

    /** Asks the cluster, and each of its jobs for its options. Changes nothing. */
    static Census take(
            JobListFetcher fetcher, MetricsCollector collector, Function<Map<String, String>, PolicyReading> policies)
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

    private static Seen see(
            JobAutoScalerContext job, MetricsCollector collector, Function<Map<String, String>, PolicyReading> policies)
            throws InterruptedException {
        JobFacts facts;
        try {
            facts = collector.facts(job);
        } catch (UnreachableException e) {
            return new Seen(job, JobMode.UNKNOWN, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
        Optional<String> version = Optional.of(facts.flinkVersion());
        return policies.apply(facts.configuration())
                .match(
                        valid -> {
                            JobMode mode = JobMode.of(facts, valid.policy());
                            return new Seen(job, mode, version, why(mode, facts));
                        },
                        invalid -> new Seen(
                                job,
                                JobMode.INVALID,
                                version,
                                Optional.of(invalid.problems().stream()
                                        .map(Problem::message)
                                        .collect(Collectors.joining("; ")))));
    }

    private static Optional<String> why(JobMode mode, JobFacts facts) {
        return switch (mode) {
            case OFF -> Optional.of("job.autoscaler.enabled is not true");
            case OBSERVING ->
                Optional.of(
                        facts.rescalable()
                                ? "scaling is switched off for it"
                                : "Flink cannot rescale it in place: set jobmanager.scheduler: adaptive, with Flink 1.18 or later");
            case UNKNOWN, INVALID, SCALING -> Optional.empty();
        };
    }
}
