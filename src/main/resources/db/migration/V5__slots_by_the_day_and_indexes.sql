-- What people ask of a large database: slots over weeks, of which the hours are too many rows; the latest rescales of all jobs; all runs of one
-- job; the runs that go on.

CREATE TABLE slot_usage_day (
    job_run_id           BIGINT NOT NULL,
    day_start            BIGINT NOT NULL,
    observed_ms          BIGINT NOT NULL,
    slot_ms              BIGINT NOT NULL,
    recommended_slot_ms  BIGINT NOT NULL,
    day_utc              DATE GENERATED ALWAYS AS (CAST(${utc}day_start${/utc} AS DATE)) ${stored},
    CONSTRAINT slot_usage_day_key PRIMARY KEY (job_run_id, day_start),
    CONSTRAINT slot_usage_day_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

INSERT INTO slot_usage_day (job_run_id, day_start, observed_ms, slot_ms, recommended_slot_ms)
SELECT job_run_id, hour_start - MOD(hour_start, 86400000), SUM(observed_ms), SUM(slot_ms), SUM(recommended_slot_ms)
FROM slot_usage
GROUP BY job_run_id, hour_start - MOD(hour_start, 86400000);

CREATE INDEX slot_usage_day_by_day ON slot_usage_day (day_utc);
CREATE INDEX slot_usage_day_by_start ON slot_usage_day (day_start);

CREATE INDEX decision_by_kind_utc ON decision (kind, decided_utc, id);
CREATE INDEX logical_job_by_name ON logical_job (logical_name, job_name);
CREATE INDEX job_run_by_logical_job ON job_run (logical_job_id);
CREATE INDEX job_run_by_end ON job_run (ended_at);
