-- The instants by which people look for rows, as columns that the database keeps and indexes itself: a condition on what a view computes
-- would read the whole table.

ALTER TABLE decision ADD COLUMN decided_utc ${timestamp} GENERATED ALWAYS AS (${utc}decided_at${/utc}) ${stored};
ALTER TABLE decision ADD COLUMN decided_day DATE GENERATED ALWAYS AS (CAST(${utc}decided_at${/utc} AS DATE)) ${stored};
ALTER TABLE event ADD COLUMN last_seen_utc ${timestamp} GENERATED ALWAYS AS (${utc}last_seen${/utc}) ${stored};
ALTER TABLE slot_usage ADD COLUMN hour_utc ${timestamp} GENERATED ALWAYS AS (${utc}hour_start${/utc}) ${stored};

CREATE INDEX decision_by_utc ON decision (decided_utc);
CREATE INDEX decision_by_day ON decision (decided_day);
-- The latest rescale of each run, and the rescales of a run around a moment.
CREATE INDEX decision_by_kind ON decision (kind, job_run_id, decided_at);
CREATE INDEX event_by_utc ON event (last_seen_utc);
CREATE INDEX slot_usage_by_utc ON slot_usage (hour_utc);
