package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.testing.DatabaseServer;
import java.util.HashMap;
import java.util.Map;

/** What a server counts itself. */
interface ServerCounters {

    String OF_MYSQL = """
            SELECT VARIABLE_NAME, CAST(VARIABLE_VALUE AS DECIMAL(30)) FROM %s
            WHERE VARIABLE_NAME IN ('BYTES_RECEIVED', 'BYTES_SENT', 'QUESTIONS', 'COM_SELECT', 'COM_INSERT', 'COM_UPDATE',
                'COM_DELETE', 'COM_COMMIT', 'COM_SET_OPTION', 'COM_STMT_EXECUTE', 'INNODB_OS_LOG_WRITTEN')
            """;

    /** The counters by name, each growing for as long as the server runs. */
    Map<String, Long> read();

    static ServerCounters of(DatabaseServer server, Database database) {
        return switch (server) {
            case MYSQL -> () -> pairs(database, OF_MYSQL.formatted("performance_schema.global_status"));
            case MARIADB, MARIADB_BY_THE_DRIVER_OF_MYSQL ->
                () -> pairs(database, OF_MYSQL.formatted("information_schema.GLOBAL_STATUS"));
            case POSTGRESQL -> () -> pairs(database, """
                    SELECT 'transactions', xact_commit FROM pg_stat_database WHERE datname = current_database()
                    UNION ALL SELECT 'rows inserted', tup_inserted FROM pg_stat_database WHERE datname = current_database()
                    UNION ALL SELECT 'rows updated', tup_updated FROM pg_stat_database WHERE datname = current_database()
                    UNION ALL SELECT 'rows deleted', tup_deleted FROM pg_stat_database WHERE datname = current_database()
                    UNION ALL SELECT 'bytes of the log', wal_bytes FROM pg_stat_wal
                    """);
            case H2_FILE, H2_SERVER -> Map::of;
        };
    }

    private static Map<String, Long> pairs(Database database, String sql) {
        return database.jdbi()
                .<Map<String, Long>, RuntimeException>withHandle(handle -> handle.createQuery(sql)
                        .reduceRows(new HashMap<String, Long>(), (counters, row) -> {
                            counters.put(row.getColumn(1, String.class), row.getColumn(2, Long.class));
                            return counters;
                        }));
    }
}
