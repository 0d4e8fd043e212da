-- The rescales of one job through all its applications and job ids, oldest first.
-- Change: the names; logical_name is the application's name, unless job.autoscaler.logical-name says otherwise.
-- Read: a new application_id is a resubmission. kind = 'EXECUTED' keeps to rescales; without it, the holds tell why nothing was done.
SELECT decided_utc, application_id, job_id, reason, triggered_by, decided_by, phase AS outcome, seconds_to_running, decision_id
FROM v_decisions
WHERE logical_name = 'orders'
  AND job_name = 'orders'
  AND kind = 'EXECUTED'
ORDER BY decided_utc, decision_id;
