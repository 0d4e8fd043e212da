-- When each job was last served without trouble, longest ago first.
-- Change: nothing; add WHERE trouble IS NOT NULL for those that are in trouble now.
-- Read: last_good_cycle_utc is at most some intervals old for a job that is served. Empty: never since it was found.
SELECT last_good_cycle_utc, cluster, application_id, application_name, job_name, mode, reason, trouble_since_utc, trouble
FROM v_job_current
ORDER BY COALESCE(last_good_cycle_utc, first_seen_utc), cluster, application_id, job_name;
