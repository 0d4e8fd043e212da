-- The options of a job that somebody has set: the value that holds, and who set it where. All others have their defaults.
-- Change: the names. AND set_by = 'CAP' keeps to what an administrator does not allow; without the names, that finds the jobs concerned.
-- Read: set_by is DAEMON, POLICY, TAG, JOB or CAP, each of which wins over those before. policies are those that hold for the job, of which a
-- later one wins; one that sets nothing in this list has been overridden.
SELECT cluster, application_id, policies, option_key, option_value, set_by, written_in
FROM v_job_options
WHERE logical_name = 'orders'
  AND job_name = 'orders'
ORDER BY cluster, application_id, option_key;
