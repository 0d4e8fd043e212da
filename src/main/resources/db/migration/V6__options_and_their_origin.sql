-- The options of a job run that somebody has set, with the value that holds and who set it. Replaced, never appended to.
CREATE TABLE job_option (
    job_run_id   BIGINT        NOT NULL,
    option_key   VARCHAR(200)  NOT NULL,
    option_value VARCHAR(1000) NOT NULL,
    set_by       VARCHAR(20)   NOT NULL,
    written_in   VARCHAR(500)  NOT NULL,
    CONSTRAINT job_option_key PRIMARY KEY (job_run_id, option_key),
    CONSTRAINT job_option_of_run FOREIGN KEY (job_run_id) REFERENCES job_run (id)
) ${options};

-- The named policies that hold for a job.
ALTER TABLE job_status ADD COLUMN policies VARCHAR(1000);
