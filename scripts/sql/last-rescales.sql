-- The last rescales, newest first: which vertex went from what to what, why, and what became of it.
-- Change: both LIMITs. For one queue or job put WHERE decided_utc >= '2026-03-02' AND job_name = 'clicks' in the place of the JOIN, which only
-- spares the database to sort the rescales of all time.
-- Read: a rescale of several vertices has several rows with the same decision_id. An outcome of RUNNING means that the job was seen to run
-- so, after seconds_to_running; with NOT_REACHED Flink lacks the slots, with FAILED it refused.
SELECT decided_utc, job_name, vertex_name, from_parallelism, to_parallelism, reason, outcome, seconds_to_running, application_id, decision_id
FROM v_rescales
JOIN (SELECT id FROM decision WHERE kind = 'EXECUTED' ORDER BY decided_utc DESC, id DESC LIMIT 20) latest ON latest.id = decision_id
ORDER BY decided_utc DESC, decision_id DESC, vertex_position
LIMIT 20;
