-- Jobs that were rescaled more than five times within a day (UTC).
-- Change: the number, and the first day.
-- Read: rescales counts decisions, refused ones too; came_to_run are those that restarted the job. Many with_scale_up and with_scale_down on
-- the same day: see flapping.sql, and raise job.autoscaler.scale-down.interval or widen the utilization band.
SELECT decided_day, cluster, logical_name, job_name, rescales, came_to_run, not_reached, failed, with_scale_up, with_scale_down, seconds_to_running
FROM v_rescales_per_day
WHERE decided_day >= '2026-03-02'
  AND rescales > 5
ORDER BY rescales DESC, decided_day, cluster, logical_name, job_name;
