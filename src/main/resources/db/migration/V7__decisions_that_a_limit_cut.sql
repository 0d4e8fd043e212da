-- Whether a limit kept any vertex from what it needs: who asks for these decisions need not read the vertices of all others.

ALTER TABLE decision ADD COLUMN limited SMALLINT DEFAULT 0 NOT NULL;

UPDATE decision SET limited = 1 WHERE id IN (SELECT decision_id FROM vertex_change WHERE limited_by <> 'NONE');

CREATE INDEX decision_by_limited ON decision (limited, decided_utc);
