package io.flinkyarn.autoscaler.telemetry;

/** What JMX shows of the daemon. */
public interface DaemonFiguresMXBean {

    String getVersion();

    int getClusters();

    int getClustersReachable();

    int getJobs();

    int getJobsScaled();

    int getJobsObserved();

    /** Jobs whose latest cycle failed. */
    int getJobsUnserved();

    int getRescalesUnderWay();

    /** When a cycle of any job last went through, in ISO 8601; empty before the first. */
    String getLastServed();

    /** Whether states can be saved. */
    boolean isStoreAnswering();

    /** To all clusters, since the start. */
    long getRequests();
}
