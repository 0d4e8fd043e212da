-- Views for people. Times end in _utc and have no zone; rates are records/s, rounded for reading: the tables hold the exact numbers.

DROP VIEW IF EXISTS v_rescales;
DROP VIEW IF EXISTS v_decisions;
DROP VIEW IF EXISTS v_events;
DROP VIEW IF EXISTS v_jobs;

-- One row per job run.
CREATE VIEW v_jobs AS
SELECT r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       r.job_id,
       r.job_name,
       ${utc}r.first_seen${/utc} AS first_seen_utc,
       ${utc}r.last_seen${/utc} AS last_seen_utc,
       ${utc}r.ended_at${/utc} AS ended_utc,
       r.ended_how,
       r.id AS job_run_id
FROM job_run r
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id;

-- One row per decision.
CREATE VIEW v_decisions AS
SELECT ${utc}d.decided_at${/utc} AS decided_utc,
       r.cluster,
       r.application_id,
       a.application_name,
       r.job_name,
       d.kind,
       d.reason,
       d.detail,
       d.phase,
       d.phase_detail,
       ${utc}d.requested_at${/utc} AS requested_utc,
       ${utc}d.accepted_at${/utc} AS accepted_utc,
       ${utc}d.running_at${/utc} AS running_utc,
       CAST(d.restart_ms / 1000.0 AS DECIMAL(18, 1)) AS seconds_to_running,
       d.decided_at,
       d.job_run_id,
       d.id AS decision_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id;

-- One row per vertex whose parallelism was changed by an executed decision.
CREATE VIEW v_rescales AS
SELECT ${utc}d.decided_at${/utc} AS decided_utc,
       r.job_name,
       v.vertex_name,
       v.from_parallelism,
       v.to_parallelism,
       CAST(v.true_processing_rate AS DECIMAL(30, 1)) AS true_processing_rate,
       CAST(v.target_rate AS DECIMAL(30, 1)) AS target_rate,
       CAST(v.expected_rate AS DECIMAL(30, 1)) AS expected_rate,
       CAST(v.lag_records AS DECIMAL(30, 0)) AS lag_records,
       v.why AS reason,
       d.phase AS outcome,
       CAST(d.restart_ms / 1000.0 AS DECIMAL(18, 1)) AS seconds_to_running,
       v.limited_by,
       d.phase_detail,
       r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       r.job_id,
       v.vertex_id,
       v.vertex_position,
       d.decided_at,
       d.job_run_id,
       d.id AS decision_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
JOIN vertex_change v ON v.decision_id = d.id
WHERE d.kind = 'EXECUTED'
  AND v.to_parallelism <> v.from_parallelism;

-- One row per event.
CREATE VIEW v_events AS
SELECT ${utc}e.first_seen${/utc} AS first_seen_utc,
       ${utc}e.last_seen${/utc} AS last_seen_utc,
       e.occurrences,
       r.cluster,
       r.application_id,
       r.job_name,
       e.event_type,
       e.reason,
       e.event_key,
       e.message,
       e.last_seen,
       e.job_run_id,
       e.id AS event_id
FROM event e
JOIN job_run r ON r.id = e.job_run_id;
