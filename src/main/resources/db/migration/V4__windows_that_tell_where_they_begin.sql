-- A sample says where the window that it closes begins: what is older is no part of that window, whether it was deleted yet or not.
ALTER TABLE metric_sample ADD COLUMN window_start BIGINT DEFAULT 0 NOT NULL;
