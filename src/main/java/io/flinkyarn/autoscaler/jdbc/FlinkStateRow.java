package io.flinkyarn.autoscaler.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the states of Flink's own autoscaler, without its value: that may be large, and most are not wanted. */
record FlinkStateRow(long id, String job, String type) {

    static final String TABLE = "t_flink_autoscaler_state_store";

    static final String SELECT = """
            SELECT id, job_key, state_type FROM t_flink_autoscaler_state_store WHERE id > ? ORDER BY id
            """;

    private static final String SELECT_VALUE = """
            SELECT state_value FROM t_flink_autoscaler_state_store WHERE id = ?
            """;

    static FlinkStateRow of(ResultSet row) throws SQLException, UnreadableRow {
        return new FlinkStateRow(row.getLong("id"), FlinkColumns.jobId(row), FlinkColumns.text(row, "state_type"));
    }

    FlinkStateKind kind() {
        return FlinkStateKind.of(type);
    }

    /** Empty where there is none, or no longer any. */
    String value(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_VALUE)) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? FlinkColumns.text(rows, "state_value") : "";
            }
        }
    }
}
