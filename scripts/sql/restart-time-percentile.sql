-- The 95th percentile of the time from the decision until the job ran as decided, per job.
-- Change: 0.95, and the first day (twice).
-- Read: 95 of 100 rescales of the job took p95_seconds or less; rescales is how many there were to measure. With fewer than 20 it is
-- the longest. Compare it with job.autoscaler.restart.time.
SELECT l.cluster, l.logical_name, l.job_name, MIN(p.seconds_to_running) AS p95_seconds, MAX(p.rescales) AS rescales
FROM (
    SELECT t.logical_job_id, t.decision_id, t.seconds_to_running, SUM(other.times) AS rescales
    FROM v_restart_times t
    JOIN (
        SELECT logical_job_id, restart_ms, COUNT(*) AS times
        FROM v_restart_times
        WHERE decided_utc >= '2026-03-02'
        GROUP BY logical_job_id, restart_ms) other ON other.logical_job_id = t.logical_job_id
    WHERE t.decided_utc >= '2026-03-02'
    GROUP BY t.logical_job_id, t.decision_id, t.seconds_to_running, t.restart_ms
    HAVING SUM(CASE WHEN other.restart_ms <= t.restart_ms THEN other.times ELSE 0 END) >= 0.95 * SUM(other.times)) p
JOIN logical_job l ON l.id = p.logical_job_id
GROUP BY l.cluster, l.logical_name, l.job_name
ORDER BY p95_seconds DESC, l.cluster, l.logical_name, l.job_name;
