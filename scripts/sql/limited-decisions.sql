-- Vertices that a limit kept from the parallelism they need: how often, and by which limit.
-- Change: the first day; AND limited_by = 'MAX_PARALLELISM' for one limit.
-- Read: raw_parallelism is what the load asked for, limited_parallelism what the limit left of it. SCALE_UP_MAX_FACTOR and
-- SCALE_DOWN_MAX_FACTOR only slow a change down; the others end it. A hold is written once, however long it lasts.
SELECT limited_by, cluster, application_name, job_name, vertex_name, COUNT(*) AS decisions,
    MAX(raw_parallelism) AS highest_raw_parallelism, MAX(limited_parallelism) AS highest_limited_parallelism, MAX(decided_utc) AS latest_utc
FROM v_limited
WHERE decided_utc >= '2026-03-02'
GROUP BY limited_by, cluster, application_name, job_name, vertex_name
ORDER BY decisions DESC, limited_by, cluster, application_name, job_name, vertex_name;
