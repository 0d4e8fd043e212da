-- Errors per cluster and kind: warnings about jobs, rescales that did not come about, clusters and applications that could not be read.
-- Change: the first day; add job_name to both lists of columns for errors per job.
-- Read: errors counts what happened, occurrences how often it was seen, as the same warning within half an hour is one.
SELECT cluster, source, what, COUNT(*) AS errors, SUM(occurrences) AS occurrences, MAX(last_seen_utc) AS latest_utc
FROM v_errors
WHERE last_seen_utc >= '2026-03-02'
GROUP BY cluster, source, what
ORDER BY cluster, errors DESC, source, what;
