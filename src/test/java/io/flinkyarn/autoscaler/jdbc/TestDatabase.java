package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fresh database for one test, and what the tests ask it: on an H2 file, or on the server that {@link EveryDatabaseIT} is at. */
final class TestDatabase implements AutoCloseable {

    static DatabaseServer server = DatabaseServer.H2_FILE;

    final DatabaseAccess access;
    final Database database;

    TestDatabase() throws StoreException {
        access = server.newDatabase();
        database = Database.open(access);
    }

    int count(String table) {
        return one("SELECT COUNT(*) FROM " + table, Integer.class);
    }

    <T> T one(String sql, Class<T> type) {
        return database.jdbi()
                .<T, RuntimeException>withHandle(
                        h -> h.createQuery(sql).mapTo(type).one());
    }

    /** The only column of all rows. */
    <T> List<T> all(String sql, Class<T> type) {
        return database.jdbi()
                .<List<T>, RuntimeException>withHandle(
                        h -> h.createQuery(sql).mapTo(type).list());
    }

    /** Rows by lower-case column names. Timestamps are {@link LocalDateTime}, whatever the driver makes of them; short integers are integers. */
    List<Map<String, Object>> rows(String sql) {
        return database.jdbi()
                .<List<Map<String, Object>>, RuntimeException>withHandle(h ->
                        h.createQuery(sql).map((row, context) -> columns(row)).list());
    }

    private static Map<String, Object> columns(ResultSet row) throws SQLException {
        ResultSetMetaData about = row.getMetaData();
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.put(about.getColumnLabel(i).toLowerCase(Locale.ROOT), value(row, i, about.getColumnType(i)));
        }
        return columns;
    }

    private static @Nullable Object value(ResultSet row, int column, int type) throws SQLException {
        return switch (type) {
            case Types.TIMESTAMP -> row.getObject(column, LocalDateTime.class);
            case Types.SMALLINT -> row.getObject(column, Integer.class);
            default -> row.getObject(column);
        };
    }

    void execute(String sql) {
        database.jdbi().useHandle(h -> h.execute(sql));
    }

    @Override
    public void close() {
        database.close();
    }
}
