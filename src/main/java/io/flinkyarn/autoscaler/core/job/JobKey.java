package io.flinkyarn.autoscaler.core.job;

/**
 * Identifies one run of one Flink job. Made by the job list fetchers; every row, log line and page carries it. The Flink job id alone is
 * not unique: application mode may use the same fixed id in every application.
 *
 * @param cluster name of the cluster as the administrator calls it
 * @param applicationId YARN application id, or {@code host:port} of a single Flink cluster
 * @param jobId Flink job id, 32 hexadecimal digits
 */
public record JobKey(String cluster, String applicationId, String jobId) implements Comparable<JobKey> {

    public JobKey {
        if (cluster.isBlank() || applicationId.isBlank() || jobId.isBlank()) {
            throw new IllegalArgumentException("a job key needs cluster, application and job id, but got '" + cluster
                    + "', '" + applicationId + "', '" + jobId + "'");
        }
    }

    @Override
    public int compareTo(JobKey other) {
        int order = cluster.compareTo(other.cluster);
        if (order == 0) {
            order = applicationId.compareTo(other.applicationId);
        }
        return order == 0 ? jobId.compareTo(other.jobId) : order;
    }

    @Override
    public String toString() {
        return cluster + "/" + applicationId + "/" + jobId;
    }
}
