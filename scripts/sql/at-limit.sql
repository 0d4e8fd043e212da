-- Vertices that run at the lowest or the highest parallelism that they are allowed.
-- Change: nothing; add WHERE at_limit = 'MAXIMUM' for those that may be too small.
-- Read: MAXIMUM with a busy_ratio near 1 or a lag_records that grows: raise job.autoscaler.vertex.max-parallelism, or the partitions or key
-- groups that set the limit. MINIMUM is no trouble.
SELECT at_limit, cluster, application_name, job_name, vertex_name, parallelism, lowest_parallelism, highest_parallelism, busy_ratio, lag_records
FROM v_at_limit
ORDER BY at_limit, COALESCE(busy_ratio, 0) DESC, cluster, application_name, job_name, vertex_position;
