-- Vertices that were scaled up and down again, or down and up again, within an hour: two restarts for little.
-- Change: the first day; AND minutes_between <= 30 for the worst.
-- Read: one row per pair. reason says what the first change was for, back_reason what turned it back.
SELECT decided_utc, back_utc, minutes_between, directions, job_name, vertex_name, from_parallelism, to_parallelism, back_to_parallelism,
    reason, back_reason, application_id
FROM v_flapping
WHERE decided_utc >= '2026-03-02'
ORDER BY decided_utc DESC, decision_id, vertex_name;
