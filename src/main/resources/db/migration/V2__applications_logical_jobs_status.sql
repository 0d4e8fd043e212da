-- Applications of their own, the lasting name that joins the runs of a job, what holds now, and what is kept for analysis.
-- Every column is explained in docs/sql.md. The views are made anew after all numbered migrations.

DROP VIEW IF EXISTS v_rescales;
DROP VIEW IF EXISTS v_decisions;
DROP VIEW IF EXISTS v_events;
DROP VIEW IF EXISTS v_jobs;

-- One YARN application, or one Flink cluster that is known by its address.
CREATE TABLE application (
    cluster          VARCHAR(100) NOT NULL,
    application_id   VARCHAR(255) NOT NULL,
    application_name VARCHAR(500),
    queue_name       VARCHAR(255),
    user_name        VARCHAR(255),
    tags             VARCHAR(1000),
    first_seen       BIGINT       NOT NULL,
    last_seen        BIGINT       NOT NULL,
    ended_at         BIGINT,
    ended_how        VARCHAR(255),
    CONSTRAINT application_key PRIMARY KEY (cluster, application_id)
) ${options};

INSERT INTO application (cluster, application_id, application_name, queue_name, user_name, tags, first_seen, last_seen)
SELECT cluster, application_id, MAX(application_name), MAX(queue_name), MAX(user_name), MAX(tags),
       MIN(first_seen), MAX(last_seen)
FROM job_run
GROUP BY cluster, application_id;

-- One job as its owners know it, over all its applications and job ids.
CREATE TABLE logical_job (
    id           ${id} PRIMARY KEY,
    cluster      VARCHAR(100) NOT NULL,
    logical_name VARCHAR(255) NOT NULL,
    job_name     VARCHAR(255) NOT NULL,
    first_seen   BIGINT       NOT NULL,
    CONSTRAINT logical_job_key UNIQUE (cluster, logical_name, job_name)
) ${options};

INSERT INTO logical_job (cluster, logical_name, job_name, first_seen)
SELECT r.cluster, SUBSTRING(COALESCE(r.application_name, r.application_id), 1, 255), SUBSTRING(r.job_name, 1, 255),
       MIN(r.first_seen)
FROM job_run r
GROUP BY r.cluster, SUBSTRING(COALESCE(r.application_name, r.application_id), 1, 255), SUBSTRING(r.job_name, 1, 255);

ALTER TABLE job_run ADD COLUMN logical_job_id BIGINT;

UPDATE job_run
SET logical_job_id = (
    SELECT l.id
    FROM logical_job l
    WHERE l.cluster = job_run.cluster
      AND l.logical_name = SUBSTRING(COALESCE(job_run.application_name, job_run.application_id), 1, 255)
      AND l.job_name = SUBSTRING(job_run.job_name, 1, 255));

ALTER TABLE job_run ADD CONSTRAINT job_run_of_logical_job FOREIGN KEY (logical_job_id) REFERENCES logical_job (id);
ALTER TABLE job_run ADD CONSTRAINT job_run_of_application
    FOREIGN KEY (cluster, application_id) REFERENCES application (cluster, application_id);
ALTER TABLE job_run DROP COLUMN application_name;
ALTER TABLE job_run DROP COLUMN queue_name;
ALTER TABLE job_run DROP COLUMN user_name;
ALTER TABLE job_run DROP COLUMN tags;

-- What made us decide, and who did.
ALTER TABLE decision ADD COLUMN triggered_by VARCHAR(20) DEFAULT 'METRICS' NOT NULL;
ALTER TABLE decision ADD COLUMN decided_by VARCHAR(255);

-- What holds for a job run now. Replaced, never appended to.
CREATE TABLE job_status (
    job_run_id      BIGINT      NOT NULL PRIMARY KEY,
    mode            VARCHAR(20) NOT NULL,
    reason          VARCHAR(50),
    detail          VARCHAR(2000),
    reason_since    BIGINT,
    trouble         VARCHAR(2000),
    trouble_since   BIGINT,
    slots           INTEGER,
    target_slots    INTEGER,
    last_good_cycle BIGINT,
    updated_at      BIGINT      NOT NULL,
    CONSTRAINT job_status_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

-- The vertices of a job run as they are now.
CREATE TABLE vertex_status (
    job_run_id           BIGINT       NOT NULL,
    vertex_position      INTEGER      NOT NULL,
    vertex_id            VARCHAR(32)  NOT NULL,
    vertex_name          VARCHAR(500) NOT NULL,
    parallelism          INTEGER      NOT NULL,
    target_parallelism   INTEGER      NOT NULL,
    lowest_parallelism   INTEGER      NOT NULL,
    highest_parallelism  INTEGER      NOT NULL,
    true_processing_rate DOUBLE PRECISION,
    target_rate          DOUBLE PRECISION,
    lag_records          DOUBLE PRECISION,
    busy_ratio           DOUBLE PRECISION,
    CONSTRAINT vertex_status_key PRIMARY KEY (job_run_id, vertex_position),
    CONSTRAINT vertex_status_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

-- Slots over time, an hour a row.
CREATE TABLE slot_usage (
    job_run_id           BIGINT NOT NULL,
    hour_start           BIGINT NOT NULL,
    observed_ms          BIGINT NOT NULL,
    slot_ms              BIGINT NOT NULL,
    recommended_slot_ms  BIGINT NOT NULL,
    CONSTRAINT slot_usage_key PRIMARY KEY (job_run_id, hour_start),
    CONSTRAINT slot_usage_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

CREATE INDEX slot_usage_by_hour ON slot_usage (hour_start);

-- The evaluated metrics of a vertex, a minute a row; kept on demand.
CREATE TABLE metric_minute (
    job_run_id           BIGINT      NOT NULL,
    minute_start         BIGINT      NOT NULL,
    vertex_id            VARCHAR(32) NOT NULL,
    parallelism          INTEGER     NOT NULL,
    true_processing_rate DOUBLE PRECISION,
    target_rate          DOUBLE PRECISION,
    catch_up_rate        DOUBLE PRECISION,
    scale_up_threshold   DOUBLE PRECISION,
    scale_down_threshold DOUBLE PRECISION,
    lag_records          DOUBLE PRECISION,
    busy_ratio           DOUBLE PRECISION,
    CONSTRAINT metric_minute_key PRIMARY KEY (job_run_id, minute_start, vertex_id),
    CONSTRAINT metric_minute_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

CREATE INDEX metric_minute_by_time ON metric_minute (minute_start);

-- A cluster, as its latest listings show it.
CREATE TABLE cluster_status (
    cluster      VARCHAR(100) NOT NULL PRIMARY KEY,
    standing     VARCHAR(20)  NOT NULL,
    since        BIGINT       NOT NULL,
    last_listing BIGINT,
    updated_at   BIGINT       NOT NULL
) ${options};

-- What could not be read of a cluster: the cluster itself, or one of its applications.
CREATE TABLE cluster_problem (
    id          ${id} PRIMARY KEY,
    cluster     VARCHAR(100)  NOT NULL,
    subject     VARCHAR(255)  NOT NULL,
    message     VARCHAR(2000) NOT NULL,
    first_seen  BIGINT        NOT NULL,
    last_seen   BIGINT        NOT NULL,
    ended_at    BIGINT
) ${options};

CREATE INDEX cluster_problem_by_subject ON cluster_problem (cluster, subject, last_seen);
CREATE INDEX cluster_problem_by_time ON cluster_problem (last_seen);

-- What people told the autoscaler to do.
CREATE TABLE manual_action (
    id           ${id} PRIMARY KEY,
    acted_at     BIGINT       NOT NULL,
    action       VARCHAR(20)  NOT NULL,
    scope        VARCHAR(20)  NOT NULL,
    target       VARCHAR(500) NOT NULL,
    user_name    VARCHAR(255) NOT NULL,
    reason       VARCHAR(1000)
) ${options};

CREATE INDEX manual_action_by_time ON manual_action (acted_at);
