package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The rows of {@code cluster_problem}: what could not be read, a row from the first time to the last. A message that differs in its
 * numbers only, as attempts and times do, is the same problem.
 */
final class ClusterProblemRows implements Recorded {

    private static final String OPEN = "SELECT cluster, subject, message FROM cluster_problem WHERE ended_at IS NULL";

    private static final String INSERT = """
            INSERT INTO cluster_problem (cluster, subject, message, first_seen, last_seen)
            VALUES (:cluster, :subject, :message, :now, :now)
            """;

    private static final String SEEN = """
            UPDATE cluster_problem SET message = :message, last_seen = :now
            WHERE cluster = :cluster AND subject = :subject AND ended_at IS NULL
            """;

    private static final String END = """
            UPDATE cluster_problem SET ended_at = :now
            WHERE cluster = :cluster AND subject = :subject AND ended_at IS NULL
            """;

    /** Those without an end, with the message as it is written. */
    private Map<Subject, String> open = Map.of();

    private record Subject(String cluster, String name) {}

    private record Row(Subject subject, String message, Instant now) {

        static void bind(PreparedBatch batch, Row row) {
            batch.bind("cluster", row.subject.cluster())
                    .bind("subject", row.subject.name())
                    .bind("message", row.message)
                    .bind("now", row.now.toEpochMilli());
        }
    }

    @Override
    public void load(Handle handle) {
        Map<Subject, String> found = new HashMap<>();
        handle.createQuery(OPEN)
                .map((row, context) -> found.put(
                        new Subject(row.getString("cluster"), row.getString("subject")), row.getString("message")))
                .list();
        open = found;
    }

    @Override
    public Optional<Difference> difference(Present present) {
        List<Row> came = new ArrayList<>();
        List<Row> stayed = new ArrayList<>();
        List<Row> left = new ArrayList<>();
        Map<Subject, String> next = new HashMap<>(open);
        for (ClusterView view : present.clusters()) {
            Map<Subject, String> problems = problems(view);
            problems.forEach((subject, message) -> {
                Row row = new Row(subject, message, present.now());
                String before = open.get(subject);
                if (before != null && isSame(before, message)) {
                    stayed.add(row);
                } else {
                    came.add(row);
                    next.put(subject, message);
                    if (before != null) {
                        left.add(row);
                    }
                }
            });
            if (view.standing() == Standing.REACHABLE) {
                // Of a cluster that does not answer, nothing else is known to be over.
                open.keySet().stream()
                        .filter(subject -> subject.cluster().equals(cluster(view)))
                        .filter(subject -> !problems.containsKey(subject))
                        .forEach(subject -> {
                            left.add(new Row(subject, "", present.now()));
                            next.remove(subject);
                        });
            }
        }
        List<Row> seen = present.minute() ? stayed : List.of();
        if (came.isEmpty() && left.isEmpty() && seen.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                handle -> {
                    Upsert.batch(handle, SEEN, seen, Row::bind);
                    Upsert.batch(
                            handle,
                            END,
                            left,
                            (batch, row) -> batch.bind("cluster", row.subject().cluster())
                                    .bind("subject", row.subject().name())
                                    .bind("now", row.now().toEpochMilli()));
                    Upsert.batch(handle, INSERT, came, Row::bind);
                },
                () -> open = next));
    }

    private static Map<Subject, String> problems(ClusterView view) {
        Map<Subject, String> problems = new HashMap<>();
        view.problems()
                .forEach(problem -> problems.putIfAbsent(
                        new Subject(cluster(view), Columns.prefix(problem.subject(), 255)),
                        Columns.cut(problem.message(), 2000)));
        return problems;
    }

    private static String cluster(ClusterView view) {
        return Columns.prefix(view.cluster(), 100);
    }

    private static boolean isSame(String before, String now) {
        return withoutNumbers(before).equals(withoutNumbers(now));
    }

    private static String withoutNumbers(String message) {
        return message.replaceAll("[0-9]+", "#");
    }
}
