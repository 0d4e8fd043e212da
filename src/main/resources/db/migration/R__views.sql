-- Views for people; every column is explained in docs/sql.md. Instants end in _utc and have no zone. Numbers are rounded for reading, rates
-- are records/s: the tables hold the exact ones. The last columns of a view are keys, and the instant by which its rows were found.
-- Filter by decided_utc, decided_day, hour_utc, day_utc, last_seen_utc or by job: those have indexes.

DROP VIEW IF EXISTS v_jobs;
DROP VIEW IF EXISTS v_job_current;
DROP VIEW IF EXISTS v_job_options;
DROP VIEW IF EXISTS v_unhandled_jobs;
DROP VIEW IF EXISTS v_at_limit;
DROP VIEW IF EXISTS v_decisions;
DROP VIEW IF EXISTS v_rescales;
DROP VIEW IF EXISTS v_rescales_per_day;
DROP VIEW IF EXISTS v_restart_times;
DROP VIEW IF EXISTS v_flapping;
DROP VIEW IF EXISTS v_limited;
DROP VIEW IF EXISTS v_slot_hours;
DROP VIEW IF EXISTS v_slot_days;
DROP VIEW IF EXISTS v_savings_observe_mode;
DROP VIEW IF EXISTS v_events;
DROP VIEW IF EXISTS v_errors;
DROP VIEW IF EXISTS v_manual_actions;

-- Jobs.

-- One row per job run.
CREATE VIEW v_jobs AS
SELECT r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       l.logical_name,
       r.job_name,
       r.job_id,
       ${utc}r.first_seen${/utc} AS first_seen_utc,
       ${utc}r.last_seen${/utc} AS last_seen_utc,
       ${utc}r.ended_at${/utc} AS ended_utc,
       r.ended_how,
       r.logical_job_id,
       r.id AS job_run_id
FROM job_run r
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id;

-- One row per job run that has not ended: what holds now.
CREATE VIEW v_job_current AS
SELECT r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       l.logical_name,
       r.job_name,
       s.mode,
       s.policies,
       s.reason,
       s.detail,
       ${utc}s.reason_since${/utc} AS reason_since_utc,
       s.trouble,
       ${utc}s.trouble_since${/utc} AS trouble_since_utc,
       s.slots,
       s.target_slots,
       v.subtasks,
       v.target_subtasks,
       v.lag_records,
       ${utc}s.last_good_cycle${/utc} AS last_good_cycle_utc,
       d.decided_utc AS last_rescale_utc,
       d.reason AS last_rescale,
       d.phase AS last_outcome,
       d.phase_detail AS last_outcome_detail,
       ${utc}r.first_seen${/utc} AS first_seen_utc,
       ${utc}r.last_seen${/utc} AS last_seen_utc,
       r.job_id,
       r.logical_job_id,
       r.id AS job_run_id,
       d.id AS last_decision_id
FROM job_run r
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
LEFT JOIN job_status s ON s.job_run_id = r.id
LEFT JOIN (
    SELECT job_run_id,
           SUM(parallelism) AS subtasks,
           SUM(target_parallelism) AS target_subtasks,
           CAST(SUM(lag_records) AS DECIMAL(30, 0)) AS lag_records
    FROM vertex_status
    GROUP BY job_run_id) v ON v.job_run_id = r.id
LEFT JOIN decision d ON d.id = (
    SELECT m.id
    FROM decision m
    WHERE m.kind = 'EXECUTED' AND m.job_run_id = r.id
    ORDER BY m.decided_at DESC, m.id DESC
    LIMIT 1)
WHERE r.ended_at IS NULL;

-- One row per option that somebody has set for a job run that has not ended.
CREATE VIEW v_job_options AS
SELECT r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       l.logical_name,
       r.job_name,
       s.policies,
       o.option_key,
       o.option_value,
       o.set_by,
       o.written_in,
       r.job_id,
       r.logical_job_id,
       r.id AS job_run_id
FROM job_option o
JOIN job_run r ON r.id = o.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
LEFT JOIN job_status s ON s.job_run_id = r.id
WHERE r.ended_at IS NULL;

-- One row per job that has not ended and is not scaled, and per application or cluster that cannot be read.
CREATE VIEW v_unhandled_jobs AS
SELECT r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       r.job_name,
       CASE
           WHEN s.trouble IS NOT NULL THEN 'TROUBLE'
           WHEN s.job_run_id IS NULL OR s.mode = 'UNKNOWN' THEN 'NOT_READ_YET'
           WHEN s.mode = 'INVALID' THEN 'INVALID_OPTIONS'
           WHEN s.mode = 'OFF' THEN 'OFF'
           WHEN s.reason = 'NOT_RUNNING' THEN 'NOT_RUNNING'
           WHEN s.reason = 'NOT_RESCALABLE' OR n.job_run_id IS NOT NULL THEN 'NOT_RESCALABLE'
           ELSE 'OBSERVING'
       END AS why,
       CASE
           WHEN s.trouble IS NOT NULL THEN s.trouble
           ELSE s.detail
       END AS detail,
       ${utc}CASE
           WHEN s.trouble IS NOT NULL THEN s.trouble_since
           WHEN s.mode IN ('INVALID', 'OFF') OR s.reason = 'NOT_RUNNING' THEN s.reason_since
           ELSE r.first_seen
       END${/utc} AS since_utc,
       r.id AS job_run_id
FROM job_run r
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN job_status s ON s.job_run_id = r.id
LEFT JOIN (SELECT DISTINCT job_run_id FROM event WHERE reason = 'NotRescalable') n ON n.job_run_id = r.id
WHERE r.ended_at IS NULL
  AND (s.job_run_id IS NULL OR s.mode <> 'SCALING' OR s.trouble IS NOT NULL OR s.reason = 'NOT_RUNNING')
UNION ALL
SELECT p.cluster,
       CASE WHEN p.subject = p.cluster THEN NULL ELSE p.subject END,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       NULL,
       CASE WHEN p.subject = p.cluster THEN 'CLUSTER_UNREADABLE' ELSE 'APPLICATION_UNREADABLE' END,
       p.message,
       ${utc}p.first_seen${/utc},
       NULL
FROM cluster_problem p
LEFT JOIN application a ON a.cluster = p.cluster AND a.application_id = p.subject
WHERE p.ended_at IS NULL;

-- One row per vertex of a job run that has not ended, where no lower or no higher parallelism is allowed.
CREATE VIEW v_at_limit AS
SELECT r.cluster,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       r.job_name,
       v.vertex_name,
       CASE
           WHEN v.parallelism < v.highest_parallelism THEN 'MINIMUM'
           WHEN v.parallelism > v.lowest_parallelism THEN 'MAXIMUM'
           ELSE 'BOTH'
       END AS at_limit,
       v.parallelism,
       v.lowest_parallelism,
       v.highest_parallelism,
       CAST(v.busy_ratio AS DECIMAL(6, 3)) AS busy_ratio,
       CAST(v.true_processing_rate AS DECIMAL(30, 1)) AS true_processing_rate,
       CAST(v.target_rate AS DECIMAL(30, 1)) AS target_rate,
       CAST(v.lag_records AS DECIMAL(30, 0)) AS lag_records,
       r.application_id,
       r.job_id,
       v.vertex_id,
       v.vertex_position,
       r.id AS job_run_id
FROM vertex_status v
JOIN job_run r ON r.id = v.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
WHERE r.ended_at IS NULL
  AND (v.parallelism <= v.lowest_parallelism OR v.parallelism >= v.highest_parallelism);

-- Decisions.

-- One row per decision.
CREATE VIEW v_decisions AS
SELECT d.decided_utc,
       r.cluster,
       r.application_id,
       a.application_name,
       l.logical_name,
       r.job_name,
       d.kind,
       d.reason,
       d.detail,
       d.triggered_by,
       d.decided_by,
       d.phase,
       d.phase_detail,
       ${utc}d.requested_at${/utc} AS requested_utc,
       ${utc}d.accepted_at${/utc} AS accepted_utc,
       ${utc}d.running_at${/utc} AS running_utc,
       CAST(d.restart_ms / 1000.0 AS DECIMAL(18, 1)) AS seconds_to_running,
       r.job_id,
       r.logical_job_id,
       d.job_run_id,
       d.decided_at,
       d.id AS decision_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id;

-- One row per vertex whose parallelism was changed by an executed decision.
CREATE VIEW v_rescales AS
SELECT d.decided_utc,
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
       d.triggered_by,
       d.decided_by,
       r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       a.user_name,
       a.tags,
       l.logical_name,
       r.job_id,
       v.vertex_id,
       v.vertex_position,
       r.logical_job_id,
       d.job_run_id,
       d.decided_at,
       d.id AS decision_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
JOIN vertex_change v ON v.decision_id = d.id
WHERE d.kind = 'EXECUTED'
  AND v.to_parallelism <> v.from_parallelism;

-- One row per job and day with a rescale, over all runs of the job.
CREATE VIEW v_rescales_per_day AS
SELECT d.decided_day,
       r.cluster,
       l.logical_name,
       r.job_name,
       COUNT(*) AS rescales,
       SUM(CASE WHEN d.phase = 'RUNNING' THEN 1 ELSE 0 END) AS came_to_run,
       SUM(CASE WHEN d.phase = 'NOT_REACHED' THEN 1 ELSE 0 END) AS not_reached,
       SUM(CASE WHEN d.phase = 'FAILED' THEN 1 ELSE 0 END) AS failed,
       SUM(CASE WHEN d.reason = 'SCALE_DOWN' THEN 0 ELSE 1 END) AS with_scale_up,
       SUM(CASE WHEN d.reason = 'SCALE_UP' THEN 0 ELSE 1 END) AS with_scale_down,
       CAST(SUM(d.restart_ms) / 1000.0 AS DECIMAL(18, 1)) AS seconds_to_running,
       r.logical_job_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
WHERE d.kind = 'EXECUTED'
GROUP BY d.decided_day, r.cluster, l.logical_name, r.job_name, r.logical_job_id;

-- One row per rescale that came to run.
CREATE VIEW v_restart_times AS
SELECT d.decided_utc,
       r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       l.logical_name,
       r.job_name,
       d.reason,
       CAST(d.restart_ms / 1000.0 AS DECIMAL(18, 1)) AS seconds_to_running,
       CAST((d.accepted_at - d.requested_at) / 1000.0 AS DECIMAL(18, 1)) AS seconds_to_accepted,
       d.restart_ms,
       r.logical_job_id,
       d.job_run_id,
       d.decided_at,
       d.id AS decision_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
WHERE d.kind = 'EXECUTED'
  AND d.restart_ms IS NOT NULL;

-- One row per change of a vertex that its next change turned back in part or in whole, within an hour. A rescale that Flink refused is none.
-- LEFT, though each run and application is there: the decisions are read first then, by their index, and not those of every run.
CREATE VIEW v_flapping AS
SELECT d.decided_utc,
       r.job_name,
       v.vertex_name,
       v.from_parallelism,
       v.to_parallelism,
       b.to_parallelism AS back_to_parallelism,
       n.decided_utc AS back_utc,
       CAST((n.decided_at - d.decided_at) / 60000.0 AS DECIMAL(18, 1)) AS minutes_between,
       CASE WHEN v.to_parallelism > v.from_parallelism THEN 'UP_DOWN' ELSE 'DOWN_UP' END AS directions,
       v.why AS reason,
       b.why AS back_reason,
       r.cluster,
       r.application_id,
       a.application_name,
       l.logical_name,
       r.job_id,
       v.vertex_id,
       r.logical_job_id,
       d.job_run_id,
       d.decided_at,
       d.id AS decision_id,
       n.id AS back_decision_id
FROM decision d
LEFT JOIN job_run r ON r.id = d.job_run_id
LEFT JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
JOIN vertex_change v ON v.decision_id = d.id
CROSS JOIN (SELECT 0 AS ms UNION ALL SELECT 3600000) this_hour_and_next
JOIN decision n ON n.kind = 'EXECUTED' AND n.job_run_id = d.job_run_id AND n.decided_hour = d.decided_hour + this_hour_and_next.ms
    AND n.decided_at > d.decided_at AND n.decided_at <= d.decided_at + 3600000
JOIN vertex_change b ON b.decision_id = n.id AND b.vertex_position = v.vertex_position AND b.vertex_id = v.vertex_id
WHERE d.kind = 'EXECUTED'
  AND d.phase <> 'FAILED'
  AND n.phase <> 'FAILED'
  AND (v.to_parallelism > v.from_parallelism AND b.to_parallelism < b.from_parallelism
    OR v.to_parallelism < v.from_parallelism AND b.to_parallelism > b.from_parallelism)
  AND NOT EXISTS (
    SELECT 1
    FROM (SELECT 0 AS ms UNION ALL SELECT 3600000) those_hours
    JOIN decision m ON m.decided_hour = d.decided_hour + those_hours.ms
    JOIN vertex_change c ON c.decision_id = m.id
    WHERE m.kind = 'EXECUTED' AND m.job_run_id = d.job_run_id
      AND m.decided_at > d.decided_at AND m.decided_at < n.decided_at
      AND m.phase <> 'FAILED'
      AND c.vertex_position = v.vertex_position
      AND c.to_parallelism <> c.from_parallelism);

-- One row per vertex that a limit kept from the parallelism it needs, in any decision.
CREATE VIEW v_limited AS
SELECT d.decided_utc,
       r.job_name,
       v.vertex_name,
       v.limited_by,
       v.from_parallelism,
       v.raw_parallelism,
       v.limited_parallelism,
       v.to_parallelism,
       d.kind,
       d.reason,
       r.cluster,
       r.application_id,
       a.application_name,
       a.queue_name,
       l.logical_name,
       r.job_id,
       v.vertex_id,
       v.vertex_position,
       r.logical_job_id,
       d.job_run_id,
       d.decided_at,
       d.id AS decision_id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
JOIN vertex_change v ON v.decision_id = d.id
WHERE d.limited = 1
  AND v.limited_by <> 'NONE';

-- Slots.

-- One row per job run and hour in which it was observed.
CREATE VIEW v_slot_hours AS
SELECT u.hour_utc,
       r.cluster,
       a.queue_name,
       a.user_name,
       a.tags,
       a.application_name,
       l.logical_name,
       r.job_name,
       CAST(u.slot_ms / 3600000.0 AS DECIMAL(18, 4)) AS slot_hours,
       CAST(u.recommended_slot_ms / 3600000.0 AS DECIMAL(18, 4)) AS recommended_slot_hours,
       CAST(u.observed_ms / 3600000.0 AS DECIMAL(18, 4)) AS observed_hours,
       r.application_id,
       r.job_id,
       r.logical_job_id,
       u.job_run_id,
       u.hour_start
FROM slot_usage u
JOIN job_run r ON r.id = u.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id;

-- One row per job run and day: the same in fewer rows, for questions about weeks of many jobs.
CREATE VIEW v_slot_days AS
SELECT u.day_utc,
       r.cluster,
       a.queue_name,
       a.user_name,
       a.tags,
       a.application_name,
       l.logical_name,
       r.job_name,
       CAST(u.slot_ms / 3600000.0 AS DECIMAL(18, 4)) AS slot_hours,
       CAST(u.recommended_slot_ms / 3600000.0 AS DECIMAL(18, 4)) AS recommended_slot_hours,
       CAST(u.observed_ms / 3600000.0 AS DECIMAL(18, 4)) AS observed_hours,
       r.application_id,
       r.job_id,
       r.logical_job_id,
       u.job_run_id,
       u.day_start
FROM slot_usage_day u
JOIN job_run r ON r.id = u.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id;

-- The same for the jobs that are only observed, with what it would have saved to follow the recommendations. What is recommended differs from
-- what is used in observe mode only, so the days before a job was switched to scaling stay in sight.
CREATE VIEW v_savings_observe_mode AS
SELECT u.day_utc,
       r.cluster,
       a.queue_name,
       a.user_name,
       a.tags,
       a.application_name,
       l.logical_name,
       r.job_name,
       CAST(u.slot_ms / 3600000.0 AS DECIMAL(18, 4)) AS slot_hours,
       CAST(u.recommended_slot_ms / 3600000.0 AS DECIMAL(18, 4)) AS recommended_slot_hours,
       CAST((u.slot_ms - u.recommended_slot_ms) / 3600000.0 AS DECIMAL(18, 4)) AS slot_hours_to_save,
       r.application_id,
       r.job_id,
       r.logical_job_id,
       u.job_run_id,
       u.day_start
FROM slot_usage_day u
JOIN job_run r ON r.id = u.job_run_id
JOIN application a ON a.cluster = r.cluster AND a.application_id = r.application_id
LEFT JOIN logical_job l ON l.id = r.logical_job_id
LEFT JOIN job_status s ON s.job_run_id = r.id
WHERE s.mode = 'OBSERVING'
   OR u.recommended_slot_ms <> u.slot_ms;

-- Events, errors, people.

-- One row per event.
CREATE VIEW v_events AS
SELECT ${utc}e.first_seen${/utc} AS first_seen_utc,
       e.last_seen_utc,
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

-- One row per warning about a job, per rescale that failed or was not reached, and per problem of a cluster.
CREATE VIEW v_errors AS
SELECT e.last_seen_utc,
       ${utc}e.first_seen${/utc} AS first_seen_utc,
       e.occurrences,
       r.cluster,
       r.application_id,
       r.job_name,
       'EVENT' AS source,
       e.reason AS what,
       e.message,
       e.job_run_id,
       e.id AS source_id
FROM event e
JOIN job_run r ON r.id = e.job_run_id
WHERE e.event_type = 'Warning'
  AND e.reason <> 'RescaleFailed'
UNION ALL
SELECT d.decided_utc,
       -- by another name: MySQL before 8.0 takes no column twice here, either
       d.decided_utc AS first_seen_utc,
       1,
       r.cluster,
       r.application_id,
       r.job_name,
       'RESCALE',
       d.phase,
       d.phase_detail,
       d.job_run_id,
       d.id
FROM decision d
JOIN job_run r ON r.id = d.job_run_id
WHERE d.kind = 'EXECUTED'
  AND d.phase IN ('FAILED', 'NOT_REACHED')
UNION ALL
SELECT ${utc}p.last_seen${/utc},
       ${utc}p.first_seen${/utc},
       1,
       p.cluster,
       CASE WHEN p.subject = p.cluster THEN NULL ELSE p.subject END,
       NULL,
       'CLUSTER',
       CASE WHEN p.subject = p.cluster THEN 'CLUSTER_UNREADABLE' ELSE 'APPLICATION_UNREADABLE' END,
       p.message,
       NULL,
       p.id
FROM cluster_problem p;

-- One row per thing that a person told the autoscaler to do.
CREATE VIEW v_manual_actions AS
SELECT ${utc}m.acted_at${/utc} AS acted_utc,
       m.action,
       m.scope,
       m.target,
       m.user_name,
       m.reason,
       m.acted_at,
       m.id AS action_id
FROM manual_action m;
