package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code cluster_status}: whether each cluster answers. */
final class ClusterStatusRows implements Recorded {

    private static final Upsert<Row> ROWS = new Upsert<>("cluster_status", "cluster = :cluster", """
            standing = :standing, since = :since,
            last_listing = COALESCE(:lastListing, last_listing), updated_at = :updatedAt""", """
            INSERT INTO cluster_status (cluster, standing, since, last_listing, updated_at)
            VALUES (:cluster, :standing, :since, :lastListing, :updatedAt)
            """, Row::bind);

    private Map<String, Standing> written = Map.of();

    private record Row(ClusterView view, Instant updatedAt) {

        static void bind(SqlStatement<?> statement, Row row) {
            statement
                    .bind("cluster", Columns.cut(row.view.cluster(), 100))
                    .bind("standing", row.view.standing().name())
                    .bind("since", row.view.since().toEpochMilli())
                    .bind("lastListing", row.lastListing().map(Instant::toEpochMilli))
                    .bind("updatedAt", row.updatedAt.toEpochMilli());
        }

        /** The latest in which the cluster itself has answered, as far as the view shows it. */
        private Optional<Instant> lastListing() {
            return view.standing() == Standing.REACHABLE ? view.listedAt() : Optional.empty();
        }
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Map<String, Standing> next = new HashMap<>();
        present.clusters().forEach(view -> next.put(view.cluster(), view.standing()));
        if (!present.minute() && next.equals(written)) {
            return Optional.empty();
        }
        List<Row> rows = present.clusters().stream()
                .map(view -> new Row(view, present.now()))
                .toList();
        return Optional.of(new Difference(handle -> ROWS.write(handle, rows), () -> written = next));
    }
}
