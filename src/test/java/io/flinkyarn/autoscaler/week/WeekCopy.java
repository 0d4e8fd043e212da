package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Brings the rows of the week into another database, table by table, as living through it again would take too long. */
final class WeekCopy {

    /** Each after those that it refers to. What only the autoscaler reads is left out. */
    private static final List<String> TABLES = List.of(
            "application",
            "logical_job",
            "job_run",
            "job_status",
            "vertex_status",
            "job_option",
            "decision",
            "vertex_change",
            "event",
            "slot_usage",
            "slot_usage_day",
            "metric_minute",
            "cluster_status",
            "cluster_problem",
            "manual_action");

    private WeekCopy() {}

    static void into(DatabaseAccess target) throws StoreException, SQLException {
        Database.open(target).close();
        try (Connection from = DriverManager.getConnection(Week.DATABASE.url());
                Connection to = DriverManager.getConnection(
                        target.url(),
                        target.user().orElse(null),
                        target.password().orElse(null))) {
            to.setAutoCommit(false);
            for (String table : TABLES) {
                copy(table, from, to);
            }
            to.commit();
        }
    }

    private static void copy(String table, Connection from, Connection to) throws SQLException {
        List<String> columns = columns(table, from);
        String names = String.join(", ", columns);
        String insert = "INSERT INTO " + table + " (" + names + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (Statement read = from.createStatement();
                ResultSet rows = read.executeQuery("SELECT " + names + " FROM " + table);
                PreparedStatement write = to.prepareStatement(insert)) {
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    write.setObject(i, rows.getObject(i));
                }
                write.addBatch();
            }
            write.executeBatch();
        }
    }

    /** Those that the database does not compute itself. */
    private static List<String> columns(String table, Connection from) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = from.getMetaData().getColumns(null, "PUBLIC", table.toUpperCase(Locale.ROOT), null)) {
            while (found.next()) {
                if (!found.getString("IS_GENERATEDCOLUMN").equals("YES")) {
                    columns.add(found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        return columns;
    }
}
