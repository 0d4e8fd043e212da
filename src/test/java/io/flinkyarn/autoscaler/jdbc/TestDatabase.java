package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** An empty database for one test, and what the tests ask it: on an H2 file, or on the server that {@link EveryDatabaseIT} is at. */
final class TestDatabase implements AutoCloseable {

    /** What a test has left on a server, emptied: making the tables anew takes ten times as long there. */
    private static final Map<DatabaseServer, Deque<DatabaseAccess>> EMPTIED = new EnumMap<>(DatabaseServer.class);

    static DatabaseServer server = DatabaseServer.H2_FILE;

    final DatabaseAccess access;
    final Database database;

    private final DatabaseServer home = server;
    private final List<String> tables;
    private boolean isAltered;

    TestDatabase() throws StoreException {
        DatabaseAccess emptied = emptied(home).poll();
        access = emptied == null ? home.newDatabase() : emptied;
        database = Database.open(access);
        tables = tables();
    }

    private static Deque<DatabaseAccess> emptied(DatabaseServer server) {
        return EMPTIED.computeIfAbsent(server, any -> new ArrayDeque<>());
    }

    private List<String> tables() {
        return database.jdbi().<List<String>, RuntimeException>withHandle(handle -> {
            Connection connection = handle.getConnection();
            List<String> names = new ArrayList<>();
            try (ResultSet table = connection
                    .getMetaData()
                    .getTables(
                            connection.getCatalog(), connection.getSchema(), null, new String[] {"TABLE", "BASE TABLE"
                            })) {
                while (table.next()) {
                    names.add(table.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("the tables are not known", e);
            }
            names.remove("schema_history");
            return names;
        });
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
        isAltered |= sql.startsWith("ALTER") || sql.startsWith("CREATE");
        database.jdbi().useHandle(h -> h.execute(sql));
    }

    @Override
    public void close() {
        try (database) {
            if (home.isServer() && !isAltered && tables().equals(tables)) {
                database.jdbi().useHandle(this::empty);
                emptied(home).add(access);
            }
        } catch (ConnectionException closedByTheTest) {
            // It is not used again.
        }
    }

    /** Tables that others refer to wait for the next round. */
    private void empty(Handle handle) {
        Deque<String> left = new ArrayDeque<>(tables);
        for (int tries = left.size() * left.size(); !left.isEmpty(); tries--) {
            String table = left.remove();
            try {
                handle.execute("DELETE FROM " + table);
            } catch (UnableToExecuteStatementException e) {
                if (tries == 0) {
                    throw e;
                }
                left.add(table);
            }
        }
        for (String table : List.of("job_run", "logical_job", "decision", "event", "manual_action", "standing_order")) {
            handle.execute("ALTER TABLE " + table
                    + (home == DatabaseServer.POSTGRESQL ? " ALTER COLUMN id RESTART WITH 1" : " AUTO_INCREMENT = 1"));
        }
    }
}
