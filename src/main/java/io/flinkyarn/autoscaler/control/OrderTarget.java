package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.Locale;
import java.util.Set;

/**
 * The jobs that an order by hand is about. Made from what a person wrote by {@link KnownJobs}; read by the {@link StandingOrders}, and kept with the
 * order. All scopes but RUN hold for jobs that are found later, too.
 *
 * @param cluster of CLUSTER, JOB and RUN; empty otherwise
 * @param name the tag, the logical name of the job, or the application id of the run; empty otherwise
 * @param job the name of the job as Flink shows it, or the job id of the run; empty otherwise
 */
public record OrderTarget(Scope scope, String cluster, String name, String job) {

    /** How far an order reaches. */
    public enum Scope {
        /** One run of a job; only what is done once is about a run. */
        RUN,
        /** A job with all its runs. */
        JOB,
        TAG,
        CLUSTER,
        ALL
    }

    /** All jobs of all clusters. */
    public static final OrderTarget ALL = new OrderTarget(Scope.ALL, "", "", "");

    public static OrderTarget cluster(String cluster) {
        return new OrderTarget(Scope.CLUSTER, cluster, "", "");
    }

    /** @param tag of YARN applications; the ResourceManager keeps them in lower case */
    public static OrderTarget tag(String tag) {
        return new OrderTarget(Scope.TAG, "", tag.toLowerCase(Locale.ROOT), "");
    }

    public static OrderTarget job(LogicalJob job) {
        return new OrderTarget(Scope.JOB, job.cluster(), job.name(), job.jobName());
    }

    static OrderTarget run(JobKey run) {
        return new OrderTarget(Scope.RUN, run.cluster(), run.applicationId(), run.jobId());
    }

    boolean covers(JobKey key, LogicalJob logical, Set<String> tags) {
        return switch (scope) {
            case RUN -> equals(run(key));
            case JOB -> equals(job(logical));
            case TAG -> tags.contains(name);
            case CLUSTER -> key.cluster().equals(cluster);
            case ALL -> true;
        };
    }

    /** As a person would write it. */
    @Override
    public String toString() {
        return switch (scope) {
            case RUN -> "job " + cluster + "/" + name + "/" + job;
            case JOB -> "job " + cluster + "/" + name + (name.equals(job) ? "" : "/" + job);
            case TAG -> "TAG:" + name;
            case CLUSTER -> "CLUSTER:" + cluster;
            case ALL -> "ALL";
        };
    }
}
