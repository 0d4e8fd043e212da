-- The runs of one job: every application and job id that it has had, and how each ended.
-- Change: the names, as in history-of-a-job.sql.
-- Read: ended_utc is empty for the run that goes on.
SELECT first_seen_utc, last_seen_utc, ended_utc, ended_how, cluster, application_id, job_id, queue_name, user_name, job_run_id
FROM v_jobs
WHERE logical_name = 'orders'
  AND job_name = 'orders'
ORDER BY first_seen_utc, job_run_id;
