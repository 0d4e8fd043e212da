-- Rescales that did not come about, by cause, most frequent first.
-- Change: the first day; add AND cluster = '…' for one cluster.
-- Read: FAILED was refused by Flink, or never heard by it; NOT_REACHED means that Flink has it declared and lacks the slots. The cause is
-- what Flink said, or what was seen to differ.
SELECT phase AS outcome, phase_detail AS cause, COUNT(*) AS rescales, COUNT(DISTINCT job_run_id) AS job_runs, MAX(decided_utc) AS latest_utc
FROM v_decisions
WHERE decided_utc >= '2026-03-02'
  AND kind = 'EXECUTED'
  AND phase IN ('FAILED', 'NOT_REACHED')
GROUP BY phase, phase_detail
ORDER BY rescales DESC, outcome, cause;
