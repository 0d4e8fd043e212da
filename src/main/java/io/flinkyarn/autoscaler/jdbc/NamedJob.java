package io.flinkyarn.autoscaler.jdbc;

/** The condition for the runs of a job, as a person names it: by its name or id, or by the name or id of its application. */
final class NamedJob {

    /** Of a {@code job_run r}; its parameter is {@code :job}. */
    static final String CONDITION = """
            (r.job_name = :job OR r.job_id = :job OR r.application_id = :job
                OR r.logical_job_id IN (SELECT l.id FROM logical_job l WHERE l.logical_name = :job))
            """;

    private NamedJob() {}
}
