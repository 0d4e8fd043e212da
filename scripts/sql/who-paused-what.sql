-- Who paused, resumed or reset what, newest first.
-- Change: the first day; AND action = 'PAUSE' for one of them.
-- Read: target is the job, tag or cluster that scope names; without a later RESUME of the same target, a PAUSE still holds.
SELECT acted_utc, user_name, action, scope, target, reason
FROM v_manual_actions
WHERE acted_utc >= '2026-03-02'
ORDER BY acted_utc DESC, action_id DESC;
