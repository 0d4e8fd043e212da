package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.simulation.Curve;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a job, as the plan of the week has it. Its application has its name.
 *
 * @param number of its application and its job id
 * @param application what YARN says about it
 * @param options its Flink configuration
 * @param load records/s
 * @param parallelism that it is submitted with
 * @param restart how long Flink needs to rescale it
 * @param from second at which it is there first
 * @param to second at which it is no longer there
 * @param endedHow as the cluster tells it
 */
record PlannedJob(
        String cluster,
        int number,
        Application application,
        Map<String, String> options,
        Curve load,
        int parallelism,
        Duration restart,
        long from,
        long to,
        Optional<String> endedHow) {

    PlannedJob {
        options = Map.copyOf(options);
    }

    String name() {
        return application.name();
    }

    String applicationId() {
        return applicationId(number);
    }

    static String applicationId(int number) {
        return String.format("application_1772400000000_%04d", number);
    }

    JobKey key() {
        return new JobKey(cluster, applicationId(), String.format("%032x", number));
    }

    /** @param status as Flink shows it */
    JobAutoScalerContext context(String status) {
        return new JobAutoScalerContext(
                key(),
                name(),
                status,
                new RestEndpoint(cluster, URI.create("http://rm/proxy/" + applicationId() + "/")),
                Optional.of(application));
    }

    boolean isThere(long second) {
        return second >= from && second < to;
    }

    PlannedJob with(Map<String, String> otherOptions) {
        return new PlannedJob(
                cluster, number, application, otherOptions, load, parallelism, restart, from, to, endedHow);
    }

    PlannedJob restartsIn(Duration time) {
        return new PlannedJob(cluster, number, application, options, load, parallelism, time, from, to, endedHow);
    }

    PlannedJob startsWith(int subtasks) {
        return new PlannedJob(cluster, number, application, options, load, subtasks, restart, from, to, endedHow);
    }

    PlannedJob until(long second, String how) {
        return new PlannedJob(
                cluster, number, application, options, load, parallelism, restart, from, second, Optional.of(how));
    }

    PlannedJob from(long second) {
        return new PlannedJob(cluster, number, application, options, load, parallelism, restart, second, to, endedHow);
    }
}
