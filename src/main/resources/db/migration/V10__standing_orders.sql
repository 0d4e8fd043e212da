-- What people told the autoscaler to do with some jobs, and what holds until it is taken back or done. Never deleted by age.
CREATE TABLE standing_order (
    id          ${id} PRIMARY KEY,
    scope       VARCHAR(20)   NOT NULL,
    cluster     VARCHAR(100)  NOT NULL,
    target      VARCHAR(500)  NOT NULL,
    job         VARCHAR(500)  NOT NULL,
    what        VARCHAR(20)   NOT NULL,
    user_name   VARCHAR(255)  NOT NULL,
    reason      VARCHAR(1000) NOT NULL,
    since       BIGINT        NOT NULL
) ${options};

