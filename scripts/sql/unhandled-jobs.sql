-- Jobs and applications that are not scaled, why, and since when.
-- Change: nothing; add WHERE why <> 'OFF' to leave out what nobody asked for.
-- Read: OFF is not enabled; INVALID_OPTIONS, TROUBLE, APPLICATION_UNREADABLE and CLUSTER_UNREADABLE are to be mended, detail says
-- what; NOT_RUNNING passes; NOT_RESCALABLE and OBSERVING get recommendations only.
SELECT why, since_utc, cluster, application_id, application_name, queue_name, job_name, detail
FROM v_unhandled_jobs
ORDER BY why, since_utc, cluster, application_id, job_name;
