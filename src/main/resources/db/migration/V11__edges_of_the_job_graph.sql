-- The vertices that feed each one, for a picture of the job graph.
ALTER TABLE vertex_status ADD COLUMN fed_by VARCHAR(1000);
