-- The 95th percentile of the time from the decision until the job ran as decided, per job.
-- Change: 0.95, and the first day (twice).
-- Read: 95 of 100 rescales of the job took p95_seconds or less; rescales is how many there were to measure. With fewer than 20 it is
-- the longest. Compare it with job.autoscaler.restart.time.
SELECT p.cluster, p.logical_name, p.job_name, MIN(p.seconds_to_running) AS p95_seconds, MAX(p.rescales) AS rescales
FROM (
    SELECT t.cluster, t.logical_name, t.job_name, t.decision_id, t.seconds_to_running, COUNT(*) AS rescales
    FROM v_restart_times t
    JOIN v_restart_times other ON other.logical_job_id = t.logical_job_id
    WHERE t.decided_utc >= '2026-03-02'
      AND other.decided_utc >= '2026-03-02'
    GROUP BY t.cluster, t.logical_name, t.job_name, t.decision_id, t.seconds_to_running, t.restart_ms
    HAVING SUM(CASE WHEN other.restart_ms <= t.restart_ms THEN 1 ELSE 0 END) >= 0.95 * COUNT(*)) p
GROUP BY p.cluster, p.logical_name, p.job_name
ORDER BY p95_seconds DESC, p.cluster, p.logical_name, p.job_name;
