-- Every column is explained in docs/sql.md. Instants are BIGINT, milliseconds since 1970-01-01 UTC; the views show them as timestamps.
-- Flags are SMALLINT, 0 or 1. Placeholders (text, bytes, id, options) are filled by Dialect.

-- One run of one Flink job.
CREATE TABLE job_run (
    id               ${id} PRIMARY KEY,
    cluster          VARCHAR(100) NOT NULL,
    application_id   VARCHAR(255) NOT NULL,
    job_id           VARCHAR(32)  NOT NULL,
    job_name         VARCHAR(500) NOT NULL,
    application_name VARCHAR(500),
    queue_name       VARCHAR(255),
    user_name        VARCHAR(255),
    tags             VARCHAR(1000),
    first_seen       BIGINT       NOT NULL,
    last_seen        BIGINT       NOT NULL,
    ended_at         BIGINT,
    ended_how        VARCHAR(255),
    CONSTRAINT job_run_key UNIQUE (cluster, application_id, job_id)
) ${options};

-- What the autoscaler remembers of a job run, the metrics window apart.
CREATE TABLE job_state (
    job_run_id BIGINT  NOT NULL PRIMARY KEY,
    version    BIGINT  NOT NULL,
    document   ${text} NOT NULL,
    updated_at BIGINT  NOT NULL,
    CONSTRAINT job_state_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

-- The metrics window of a job run, a row per sample.
CREATE TABLE metric_sample (
    job_run_id    BIGINT   NOT NULL,
    sampled_at    BIGINT   NOT NULL,
    sample_values ${bytes} NOT NULL,
    CONSTRAINT metric_sample_key PRIMARY KEY (job_run_id, sampled_at),
    CONSTRAINT metric_sample_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

-- One decision about one job run, and what came of it.
CREATE TABLE decision (
    id           ${id} PRIMARY KEY,
    job_run_id   BIGINT        NOT NULL,
    decided_at   BIGINT        NOT NULL,
    kind         VARCHAR(20)   NOT NULL,
    reason       VARCHAR(50)   NOT NULL,
    detail       VARCHAR(2000) NOT NULL,
    phase        VARCHAR(20),
    phase_since  BIGINT,
    phase_detail VARCHAR(2000),
    requested_at BIGINT,
    accepted_at  BIGINT,
    running_at   BIGINT,
    restart_ms   BIGINT,
    CONSTRAINT decision_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

CREATE INDEX decision_by_run ON decision (job_run_id, decided_at);
CREATE INDEX decision_by_time ON decision (decided_at);

-- What a decision says about one vertex.
CREATE TABLE vertex_change (
    decision_id          BIGINT       NOT NULL,
    vertex_position      INTEGER      NOT NULL,
    vertex_id            VARCHAR(32)  NOT NULL,
    vertex_name          VARCHAR(500) NOT NULL,
    outcome              VARCHAR(30)  NOT NULL,
    why                  VARCHAR(500) NOT NULL,
    from_parallelism     INTEGER      NOT NULL,
    raw_parallelism      INTEGER      NOT NULL,
    limited_parallelism  INTEGER      NOT NULL,
    limited_by           VARCHAR(30)  NOT NULL,
    aligned_parallelism  INTEGER      NOT NULL,
    to_parallelism       INTEGER      NOT NULL,
    max_parallelism      INTEGER      NOT NULL,
    receives_nothing     SMALLINT     NOT NULL,
    true_processing_rate DOUBLE PRECISION,
    estimator            VARCHAR(20)  NOT NULL,
    target_rate          DOUBLE PRECISION,
    catch_up_rate        DOUBLE PRECISION,
    expected_rate        DOUBLE PRECISION,
    required_capacity    DOUBLE PRECISION,
    lag_records          DOUBLE PRECISION,
    busy_ratio           DOUBLE PRECISION,
    scale_up_threshold   DOUBLE PRECISION,
    scale_down_threshold DOUBLE PRECISION,
    outside_band         SMALLINT     NOT NULL,
    scale_factor         DOUBLE PRECISION,
    scalability          DOUBLE PRECISION,
    CONSTRAINT vertex_change_key PRIMARY KEY (decision_id, vertex_position),
    CONSTRAINT vertex_change_of_decision FOREIGN KEY (decision_id) REFERENCES decision (id)
) ${options};

CREATE INDEX vertex_change_by_vertex ON vertex_change (vertex_id);

-- What the owner of a job was told; the same thing told again within its interval counts up.
CREATE TABLE event (
    id          ${id} PRIMARY KEY,
    job_run_id  BIGINT       NOT NULL,
    event_type  VARCHAR(20)  NOT NULL,
    reason      VARCHAR(50)  NOT NULL,
    event_key   VARCHAR(255) NOT NULL,
    message     ${text}      NOT NULL,
    first_seen  BIGINT       NOT NULL,
    last_seen   BIGINT       NOT NULL,
    occurrences INTEGER      NOT NULL,
    CONSTRAINT event_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

CREATE INDEX event_by_run ON event (job_run_id, reason, last_seen);
CREATE INDEX event_by_time ON event (last_seen);
