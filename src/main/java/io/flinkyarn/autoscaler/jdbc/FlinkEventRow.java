package io.flinkyarn.autoscaler.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;

/** A row of the events of Flink's own autoscaler. */
record FlinkEventRow(
        long id,
        Instant created,
        Instant updated,
        String job,
        String reason,
        String type,
        String message,
        int count,
        String key) {

    static final String TABLE = "t_flink_autoscaler_event_handler";

    static final String SELECT = """
            SELECT id, create_time, update_time, job_key, reason, event_type, message, event_count, event_key
            FROM t_flink_autoscaler_event_handler WHERE id > ? ORDER BY id
            """;

    static FlinkEventRow of(ResultSet row, ZoneId zone) throws SQLException, UnreadableRow {
        String job = FlinkColumns.jobId(row);
        Instant created = FlinkColumns.instant(row, "create_time", zone)
                .orElseThrow(() -> new UnreadableRow("it has no create_time"));
        return new FlinkEventRow(
                row.getLong("id"),
                created,
                FlinkColumns.instant(row, "update_time", zone).orElse(created),
                job,
                FlinkColumns.text(row, "reason"),
                FlinkColumns.text(row, "event_type"),
                FlinkColumns.text(row, "message"),
                Math.max(1, row.getInt("event_count")),
                FlinkColumns.text(row, "event_key"));
    }

    boolean isScalingReport() {
        return reason.equals("ScalingReport");
    }
}
