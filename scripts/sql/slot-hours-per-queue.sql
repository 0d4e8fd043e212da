-- Slot-hours per queue and day (UTC).
-- Change: the days; user_name, application_name or cluster in the place of queue_name.
-- Read: one slot used for one hour is one slot-hour. Hours in which a job was not observed are not in it: observed_hours of the jobs says how
-- much was seen.
SELECT queue_name, day_utc, SUM(slot_hours) AS slot_hours, SUM(observed_hours) AS observed_hours,
    COUNT(DISTINCT job_run_id) AS job_runs
FROM v_slot_days
WHERE day_utc >= '2026-03-02'
  AND day_utc < '2026-03-09'
GROUP BY queue_name, day_utc
ORDER BY day_utc, queue_name;
