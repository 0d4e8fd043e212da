-- What came within an hour of a decision: looked up by its hour and the next, as MySQL and MariaDB do not use an index for a range that begins at
-- the row of another table.

ALTER TABLE decision ADD COLUMN decided_hour BIGINT GENERATED ALWAYS AS (decided_at - MOD(decided_at, 3600000)) ${stored};

CREATE INDEX decision_by_hour ON decision (job_run_id, kind, decided_hour, decided_at);
