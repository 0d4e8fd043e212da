package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import org.slf4j.MDC;

/** Says in every line that this thread logs, from enter to leave, which job it is about. */
final class JobScope {

    static final String CLUSTER = "cluster";
    private static final String APPLICATION = "application";
    private static final String JOB = "job";

    private JobScope() {}

    static void enter(JobKey key) {
        MDC.put(CLUSTER, key.cluster());
        MDC.put(APPLICATION, key.applicationId());
        MDC.put(JOB, key.jobId());
    }

    static void leave() {
        MDC.remove(CLUSTER);
        MDC.remove(APPLICATION);
        MDC.remove(JOB);
    }
}
