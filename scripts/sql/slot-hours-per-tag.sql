-- Slot-hours per YARN tag.
-- Change: the tags, in lower case as YARN keeps them, and the days.
-- Read: a job with two of the tags counts for both, so the rows need not add up to the whole.
SELECT t.tag, SUM(s.slot_hours) AS slot_hours, COUNT(DISTINCT s.job_run_id) AS job_runs
FROM v_slot_days s
JOIN (SELECT 'team-orders' AS tag UNION ALL SELECT 'team-web' UNION ALL SELECT 'nightly') t
    ON CONCAT(',', s.tags, ',') LIKE CONCAT('%,', t.tag, ',%')
WHERE s.day_utc >= '2026-03-02'
  AND s.day_utc < '2026-03-09'
GROUP BY t.tag
ORDER BY slot_hours DESC, t.tag;
