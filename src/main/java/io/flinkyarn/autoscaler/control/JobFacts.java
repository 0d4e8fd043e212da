package io.flinkyarn.autoscaler.control;

import java.util.Map;

/**
 * What does not change while a job runs.
 *
 * @param flinkVersion for instance 1.20.5
 * @param rescalable whether Flink can rescale this job in place: adaptive scheduler, Flink 1.18 or later
 * @param configuration the Flink configuration of the job
 */
public record JobFacts(String flinkVersion, boolean rescalable, Map<String, String> configuration) {

    private static final String TARGET = "execution.target";
    private static final String SESSION = "yarn-session";

    public JobFacts {
        configuration = Map.copyOf(configuration);
    }

    /**
     * Whether the job runs in a session cluster on YARN, also as its only job. Flink writes there itself how it was started: in application mode it is
     * {@code embedded}, whatever was configured.
     */
    boolean inYarnSession() {
        return SESSION.equalsIgnoreCase(configuration.get(TARGET));
    }
}
