-- What came within an hour of a decision: looked up by its hour and the next, as MySQL and MariaDB do not use an index for a range that begins at
-- the row of another table.

ALTER TABLE decision ADD COLUMN decided_hour BIGINT GENERATED ALWAYS AS (decided_at - MOD(decided_at, 3600000)) ${stored};

-- The hour first: an index that began with run and kind would be taken for the latest rescale of a run, too, and is not in that order.
CREATE INDEX decision_by_hour ON decision (decided_hour, job_run_id, kind);
