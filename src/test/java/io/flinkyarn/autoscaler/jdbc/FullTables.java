package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.testing.DatabaseServer;
import java.time.Duration;
import java.time.Instant;

/**
 * Tables as they are after 90 days of 2,000 jobs: a thousand decisions each, of which a fifth was executed, of five vertices; the use of slots; events;
 * and 20,000 runs that ended with their newest decision kept. The databases make the rows themselves.
 */
final class FullTables {

    /** The last day is that of the queries in {@code scripts/sql}. */
    static final Instant END = Instant.parse("2026-03-03T00:00:00Z");

    private static final int JOBS = 2000;
    private static final int ENDED = 20_000;
    private static final int DAYS = 90;

    /** Of each job. */
    private static final int EVENTS = 250;

    private static final Instant START = END.minus(Duration.ofDays(DAYS));

    private final DatabaseServer server;
    private final Database database;
    private final int rounds;

    /** @param rounds decisions of each job */
    FullTables(DatabaseServer server, Database database, int rounds) {
        this.server = server;
        this.database = database;
        this.rounds = rounds;
    }

    void fill() {
        fillJobs();
        long round = Duration.ofDays(DAYS).toMillis() / rounds;
        for (int i = 0; i < rounds; i++) {
            // Two decisions half an hour apart, and then a while nothing: some turn back what the one before has done.
            long at = START.toEpochMilli() + (i - i % 2) * round + i % 2 * 1_800_000L;
            fillDecisions(i, at);
        }
        for (int hour = 0; hour < DAYS * 24; hour++) {
            execute("""
                    INSERT INTO slot_usage (job_run_id, hour_start, observed_ms, slot_ms, recommended_slot_ms)
                    SELECT n, %d, 3600000, 3600000 * (1 + MOD(n, 16)), 3600000 * (1 + MOD(n, 8)) FROM %s
                    """.formatted(START.toEpochMilli() + hour * 3_600_000L, numbers(JOBS)));
        }
        for (int day = 0; day < DAYS; day++) {
            execute("""
                    INSERT INTO slot_usage_day (job_run_id, day_start, observed_ms, slot_ms, recommended_slot_ms)
                    SELECT n, %d, 86400000, 86400000 * (1 + MOD(n, 16)), 86400000 * (1 + MOD(n, 8)) FROM %s
                    """.formatted(START.toEpochMilli() + day * 86_400_000L, numbers(JOBS)));
        }
        for (int i = 0; i < EVENTS; i++) {
            long at = START.plus(Duration.ofDays(DAYS).dividedBy(EVENTS).multipliedBy(i))
                    .toEpochMilli();
            execute("""
                    INSERT INTO event (job_run_id, event_type, reason, event_key, message, first_seen, last_seen, occurrences)
                    SELECT n, CASE WHEN MOD(n + %d, 10) = 0 THEN 'Warning' ELSE 'Normal' END, 'ScalingReport', '', 'a scaling report', %d, %d, 1
                    FROM %s
                    """.formatted(i, at, at, numbers(JOBS)));
        }
        if (server == DatabaseServer.POSTGRESQL) {
            for (String table : new String[] {"job_run", "logical_job", "decision"}) {
                execute("ALTER TABLE " + table + " ALTER COLUMN id RESTART WITH 100000000");
            }
            execute("ANALYZE");
        } else {
            execute(
                    "ANALYZE TABLE decision, vertex_change, event, slot_usage, slot_usage_day, job_run, application, job_status, vertex_status");
        }
    }

    private void fillJobs() {
        long first = START.toEpochMilli();
        long last = END.toEpochMilli();
        execute("""
                INSERT INTO application (cluster, application_id, application_name, queue_name, user_name, tags, first_seen, last_seen)
                SELECT 'prod', CONCAT('application_1_', n), CONCAT('job-', MOD(n, 2000)), CONCAT('queue-', MOD(n, 20)),
                    CONCAT('user-', MOD(n, 50)), 'streaming,team-a', %d, %d FROM %s
                """.formatted(first, last, numbers(JOBS + ENDED)));
        execute("""
                INSERT INTO logical_job (id, cluster, logical_name, job_name, first_seen)
                SELECT n, 'prod', CONCAT('job-', MOD(n, 2000)), CONCAT('job-', MOD(n, 2000)), %d FROM %s
                """.formatted(first, numbers(JOBS)));
        execute("""
                INSERT INTO job_run (id, cluster, application_id, job_id, job_name, first_seen, last_seen, ended_at, logical_job_id)
                SELECT n, 'prod', CONCAT('application_1_', n), '00000000000000000000000000000000', CONCAT('job-', MOD(n, 2000)),
                    %d, %d, CASE WHEN n > %d THEN %d ELSE NULL END, 1 + MOD(n - 1, 2000) FROM %s
                """.formatted(first, last, JOBS, first, numbers(JOBS + ENDED)));
        execute("""
                INSERT INTO job_status (job_run_id, mode, reason, detail, reason_since, slots, target_slots, last_good_cycle, updated_at)
                SELECT n, CASE WHEN MOD(n, 3) = 0 THEN 'OBSERVING' ELSE 'SCALING' END, 'WITHIN_BAND', '', %d, 8, 8, %d, %d FROM %s
                """.formatted(last, last, last, numbers(JOBS)));
        execute("""
                INSERT INTO vertex_status (job_run_id, vertex_position, vertex_id, vertex_name, parallelism, target_parallelism,
                    lowest_parallelism, highest_parallelism)
                SELECT n, p, CONCAT('%030d', p), CONCAT('vertex ', p), 4, 4, 1, 4 + MOD(n + p, 20) FROM %s, %s
                """.formatted(0, numbers(JOBS), positions()));
        // The newest decision of a run that ended, which is kept, and which the deletion of old ones has to pass over.
        execute("""
                INSERT INTO decision (id, job_run_id, decided_at, kind, reason, detail)
                SELECT 50000000 + n, %d + n, %d + n, 'HELD', 'WITHIN_BAND', '' FROM %s
                """.formatted(JOBS, first - Duration.ofDays(10).toMillis(), numbers(ENDED)));
    }

    private void fillDecisions(int round, long at) {
        long ids = (long) round * JOBS;
        execute("""
                INSERT INTO decision (id, job_run_id, decided_at, kind, reason, detail, phase, phase_since, phase_detail, requested_at,
                    accepted_at, running_at, restart_ms, limited)
                SELECT d.*, CASE WHEN kind = 'EXECUTED' THEN CASE WHEN MOD(id, 70) = 0 THEN 'FAILED' ELSE 'RUNNING' END ELSE NULL END, decided_at,
                    NULL, decided_at, decided_at + 1000, decided_at + 40000, CASE WHEN kind = 'EXECUTED' THEN 40000 + MOD(id, 1000) ELSE NULL END,
                    CASE WHEN MOD(job_run_id + %d, 50) IN (0, 46, 47, 48, 49) THEN 1 ELSE 0 END
                FROM (
                    SELECT %d + n AS id, n AS job_run_id, %d + n * 37000 AS decided_at,
                        CASE WHEN MOD(n + %d, 10) < 2 THEN 'EXECUTED' WHEN MOD(n, 5) = 2 THEN 'RECOMMENDED' ELSE 'HELD' END AS kind,
                        CASE WHEN MOD(%d, 2) = 0 THEN 'SCALE_UP' ELSE 'SCALE_DOWN' END AS reason,
                        'the reason in words, with numbers' AS detail
                    FROM %s) d
                """.formatted(round, ids, at, round - round % 2, round, numbers(JOBS)));
        execute("""
                INSERT INTO vertex_change (decision_id, vertex_position, vertex_id, vertex_name, outcome, why, from_parallelism,
                    raw_parallelism, limited_parallelism, limited_by, aligned_parallelism, to_parallelism, max_parallelism,
                    receives_nothing, true_processing_rate, estimator, target_rate, catch_up_rate, expected_rate,
                    required_capacity, lag_records, busy_ratio, scale_up_threshold, scale_down_threshold, outside_band,
                    scale_factor, scalability)
                SELECT %d + n, p, CONCAT('%030d', p), CONCAT('a vertex with a name of some length ', p), 'SCALE_UP',
                    'too slow: can process 1000.0/s, below its scale-up threshold of 2000.0/s', 4 + MOD(%d, 2) * 4,
                    8, 8, CASE WHEN MOD(n + p + %d, 50) = 0 THEN 'VERTEX_MAX_PARALLELISM' ELSE 'NONE' END, 8,
                    CASE WHEN p = 2 THEN 8 - MOD(%d, 2) * 4 ELSE 4 + MOD(%d, 2) * 4 END, 128, 0, 1000 + n, 'BUSY_TIME', 1000, 10, 2000,
                    1500, NULL, 0.8, 900, 2000, 1, 1.5, 1
                FROM %s, %s
                """.formatted(ids, 0, round, round, round, round, numbers(JOBS), positions()));
    }

    private String numbers(int count) {
        return server == DatabaseServer.POSTGRESQL
                ? "(SELECT n FROM generate_series(1, " + count + ") n) numbers" + count
                : "(SELECT seq AS n FROM seq_1_to_" + count + ") numbers" + count;
    }

    private static String positions() {
        return "(SELECT 0 AS p UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) positions";
    }

    private void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }
}
