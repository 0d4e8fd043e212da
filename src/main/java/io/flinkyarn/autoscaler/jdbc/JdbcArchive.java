package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.Archive;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The past as the tables have it; every question is answered by an index. Any thread may ask. */
public final class JdbcArchive implements Archive {

    private static final double MS_PER_HOUR = 3_600_000;

    /** Columns that hold milliseconds since 1970. */
    private static final Set<String> INSTANTS = Set.of(
            "decided_at", "requested_at", "accepted_at", "running_at", "first_seen", "last_seen", "minute_start");

    private static final Set<String> FLAGS = Set.of("receives_nothing", "outside_band");

    /** Called otherwise here: LAG is a reserved word in MySQL. */
    private static final Map<String, String> RENAMED = Map.of("lag_records", "lag");

    private static final String DECISION = """
            SELECT d.id, d.decided_at, d.kind, d.reason, d.detail, d.triggered_by, d.decided_by, d.phase, d.phase_detail,
                d.requested_at, d.accepted_at, d.running_at, d.restart_ms
            FROM decision d
            JOIN job_run r ON r.id = d.job_run_id
            WHERE r.cluster = :cluster AND r.application_id = :applicationId AND r.job_id = :jobId
            """;

    private static final String VERDICTS = """
            SELECT vertex_id, vertex_name AS name, outcome, why, from_parallelism AS parallelism, raw_parallelism, limited_parallelism,
                limited_by, aligned_parallelism, to_parallelism AS new_parallelism, max_parallelism, receives_nothing,
                true_processing_rate, estimator, target_rate, catch_up_rate, expected_rate AS expected_processing_rate, required_capacity,
                lag_records, busy_ratio, scale_up_threshold, scale_down_threshold, outside_band, scale_factor, scalability
            FROM vertex_change WHERE decision_id = :decision ORDER BY vertex_position
            """;

    private static final String EVENTS = """
            SELECT e.last_seen, e.first_seen, e.occurrences, e.event_type AS type, e.reason, e.message
            FROM event e
            JOIN job_run r ON r.id = e.job_run_id
            WHERE r.cluster = :cluster AND r.application_id = :applicationId AND r.job_id = :jobId
            ORDER BY e.last_seen DESC, e.id DESC LIMIT :limit
            """;

    private static final String MINUTES = """
            SELECT m.minute_start, m.parallelism, m.target_rate, m.true_processing_rate, m.scale_up_threshold, m.scale_down_threshold,
                m.lag_records, m.busy_ratio
            FROM metric_minute m
            JOIN job_run r ON r.id = m.job_run_id
            WHERE r.cluster = :cluster AND r.application_id = :applicationId AND r.job_id = :jobId
                AND m.vertex_id = :vertex AND m.minute_start >= :from AND m.minute_start < :to
            ORDER BY m.minute_start
            """;

    private static final String RESCALES = """
            SELECT d.id AS decision, d.decided_at, d.reason
            FROM decision d
            JOIN job_run r ON r.id = d.job_run_id
            JOIN vertex_change v ON v.decision_id = d.id AND v.vertex_id = :vertex AND v.to_parallelism <> v.from_parallelism
            WHERE r.cluster = :cluster AND r.application_id = :applicationId AND r.job_id = :jobId
                AND d.kind = 'EXECUTED' AND d.decided_at >= :from AND d.decided_at < :to
            ORDER BY d.decided_at
            """;

    private static final String BY_DAY = """
            SELECT d.decided_day AS day_utc, d.phase, COUNT(*) AS rescales
            FROM decision d
            WHERE d.kind = 'EXECUTED' AND d.decided_day >= :from
            GROUP BY d.decided_day, d.phase
            """;

    private static final String RESTARTS = """
            SELECT d.restart_ms FROM decision d
            WHERE d.kind = 'EXECUTED' AND d.decided_day >= :from AND d.restart_ms IS NOT NULL
            ORDER BY d.restart_ms
            """;

    private static final String LATEST = """
            SELECT d.id, d.decided_at, r.cluster, r.application_id, r.job_id, r.job_name AS name, d.reason, d.phase, d.restart_ms
            FROM decision d
            JOIN (SELECT id FROM decision WHERE kind = 'EXECUTED' ORDER BY decided_at DESC, id DESC LIMIT :limit) latest ON latest.id = d.id
            JOIN job_run r ON r.id = d.job_run_id
            ORDER BY d.decided_at DESC, d.id DESC
            """;

    private static final String TODAYS_RESTARTS = """
            SELECT r.cluster, r.application_id, r.job_id, COUNT(*) AS n
            FROM decision d
            JOIN job_run r ON r.id = d.job_run_id
            WHERE d.kind = 'EXECUTED' AND d.decided_day = :today AND d.accepted_at IS NOT NULL
            GROUP BY r.cluster, r.application_id, r.job_id
            """;

    private static final String TODAYS_SLOTS = """
            SELECT r.cluster, r.application_id, r.job_id, u.slot_ms - u.recommended_slot_ms AS n
            FROM slot_usage_day u
            JOIN job_run r ON r.id = u.job_run_id
            WHERE u.day_utc = :today
            """;

    private final Database database;

    /** The database is closed by whoever has opened it. */
    public JdbcArchive(Database database) {
        this.database = database;
    }

    @Override
    public List<Row> decisions(JobKey job, OptionalLong after, int limit) throws StoreException {
        String older =
                after.isPresent() ? "AND d.decided_at < (SELECT decided_at FROM decision WHERE id = :after) " : "";
        return ask("read decisions", handle -> {
            Query query = keyed(
                    handle.createQuery(DECISION + older + "ORDER BY d.decided_at DESC, d.id DESC LIMIT :limit"), job);
            after.ifPresent(id -> query.bind("after", id));
            return query.bind("limit", limit);
        });
    }

    @Override
    public Optional<Row> decision(JobKey job, long id) throws StoreException {
        return ask(
                        "read a decision",
                        handle -> keyed(handle.createQuery(DECISION + "AND d.id = :id"), job)
                                .bind("id", id))
                .stream()
                .findFirst();
    }

    @Override
    public List<Row> verdicts(long decision) throws StoreException {
        return ask("read verdicts", handle -> handle.createQuery(VERDICTS).bind("decision", decision));
    }

    @Override
    public List<Row> events(JobKey job, int limit) throws StoreException {
        return ask(
                "read events", handle -> keyed(handle.createQuery(EVENTS), job).bind("limit", limit));
    }

    @Override
    public List<Row> minutes(JobKey job, String vertex, Instant from, Instant to) throws StoreException {
        return ask("read metrics", handle -> ofVertex(handle.createQuery(MINUTES), job, vertex, from, to));
    }

    @Override
    public List<Row> rescales(JobKey job, String vertex, Instant from, Instant to) throws StoreException {
        return ask("read rescales", handle -> ofVertex(handle.createQuery(RESCALES), job, vertex, from, to));
    }

    @Override
    public List<Row> rescalesByDay(LocalDate from) throws StoreException {
        return ask("read rescales", handle -> handle.createQuery(BY_DAY).bind("from", from));
    }

    @Override
    public List<Long> restartTimes(LocalDate from) throws StoreException {
        return database.transaction(
                "read restart times",
                handle -> handle.createQuery(RESTARTS)
                        .bind("from", from)
                        .mapTo(Long.class)
                        .list());
    }

    @Override
    public List<Row> latestRescales(int limit) throws StoreException {
        return ask("read rescales", handle -> handle.createQuery(LATEST).bind("limit", limit));
    }

    @Override
    public Map<JobKey, Today> today(LocalDate today) throws StoreException {
        Map<JobKey, Today> found = new HashMap<>();
        database.transaction("read what was today", handle -> {
            numbers(handle, TODAYS_RESTARTS, today).forEach((job, n) -> found.put(job, new Today(n.intValue(), 0)));
            numbers(handle, TODAYS_SLOTS, today).forEach((job, ms) -> {
                int restarts = found.containsKey(job) ? found.get(job).restarts() : 0;
                found.put(job, new Today(restarts, ms / MS_PER_HOUR));
            });
            return found;
        });
        return found;
    }

    private static Map<JobKey, Long> numbers(Handle handle, String sql, LocalDate today) {
        Map<JobKey, Long> numbers = new HashMap<>();
        handle.createQuery(sql)
                .bind("today", today)
                .map((row, context) -> numbers.put(
                        new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id")),
                        row.getLong("n")))
                .list();
        return numbers;
    }

    private interface Question {
        Query ask(Handle handle);
    }

    private List<Row> ask(String purpose, Question question) throws StoreException {
        return database.transaction(
                purpose,
                handle -> question.ask(handle)
                        .map((row, context) -> new Row(columns(row)))
                        .list());
    }

    private static Query keyed(Query query, JobKey job) {
        return query.bind("cluster", job.cluster())
                .bind("applicationId", job.applicationId())
                .bind("jobId", job.jobId());
    }

    private static Query ofVertex(Query query, JobKey job, String vertex, Instant from, Instant to) {
        return keyed(query, job)
                .bind("vertex", vertex)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli());
    }

    private static Map<String, Object> columns(ResultSet row) throws SQLException {
        ResultSetMetaData about = row.getMetaData();
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            String column = about.getColumnLabel(i).toLowerCase(Locale.ROOT);
            Object value = row.getObject(i);
            if (value != null) {
                columns.put(camelCase(RENAMED.getOrDefault(column, column)), shown(column, value));
            }
        }
        return columns;
    }

    private static Object shown(String column, Object value) {
        if (value instanceof java.sql.Date day) {
            return day.toLocalDate();
        }
        if (FLAGS.contains(column) && value instanceof Number flag) {
            return flag.intValue() != 0;
        }
        return INSTANTS.contains(column) && value instanceof Number ms ? Instant.ofEpochMilli(ms.longValue()) : value;
    }

    private static String camelCase(String column) {
        StringBuilder name = new StringBuilder();
        for (String word : column.split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
