package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;

/** The tables of Flink's own autoscaler. What they hold is made by hand after the documented forms: nothing of a running one could be had. */
final class FlinkTables implements AutoCloseable {

    static final String JOB = "00000000000000000000000000000001";

    private final TestDatabase database;

    FlinkTables() throws StoreException {
        database = new TestDatabase();
        database.execute(
                "CREATE TABLE t_flink_autoscaler_event_handler (id BIGINT PRIMARY KEY, create_time TIMESTAMP(3) NULL,"
                        + " update_time TIMESTAMP(3) NULL, job_key VARCHAR(191), reason VARCHAR(500), event_type VARCHAR(100),"
                        + " message VARCHAR(4000), event_count INTEGER, event_key VARCHAR(100))");
        database.execute(
                "CREATE TABLE t_flink_autoscaler_state_store (id BIGINT PRIMARY KEY, update_time TIMESTAMP(3) NULL,"
                        + " job_key VARCHAR(191), state_type VARCHAR(100), state_value VARCHAR(4000))");
    }

    DatabaseAccess access() {
        return database.access;
    }

    void event(long id, String time, String job, String reason, String message, int count) {
        database.execute("INSERT INTO t_flink_autoscaler_event_handler VALUES (" + id + ", '" + time + "', '" + time
                + "', '" + job + "', '" + reason + "', 'Normal', '" + message + "', " + count + ", 'key')");
    }

    void eventAgain(long id, String time, String message, int count) {
        database.execute("UPDATE t_flink_autoscaler_event_handler SET update_time = '" + time + "', message = '"
                + message + "', event_count = " + count + " WHERE id = " + id);
    }

    void state(long id, String job, String type, String value) {
        database.execute("INSERT INTO t_flink_autoscaler_state_store VALUES (" + id + ", '2026-01-15 13:00:00', '" + job
                + "', '" + type + "', '" + value + "')");
    }

    void stateNow(long id, String value) {
        database.execute("UPDATE t_flink_autoscaler_state_store SET state_value = '" + value + "' WHERE id = " + id);
    }

    @Override
    public void close() {
        database.close();
    }
}
