package io.flinkyarn.autoscaler.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** How the columns of Flink's tables are read. */
final class FlinkColumns {

    private FlinkColumns() {}

    static String jobId(ResultSet row) throws SQLException, UnreadableRow {
        String job = text(row, "job_key");
        if (job.isEmpty() || job.length() > 32) {
            throw new UnreadableRow("the job_key '" + job + "' is no id of a Flink job");
        }
        return job;
    }

    /** Empty where there is none. */
    static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    /** @param zone of the process that wrote the row */
    static Optional<Instant> instant(ResultSet row, String column, ZoneId zone) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(local -> local.atZone(zone).toInstant());
    }
}
