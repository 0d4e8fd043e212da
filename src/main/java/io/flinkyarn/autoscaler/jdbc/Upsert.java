package io.flinkyarn.autoscaler.jdbc;

import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Writes rows of which some may be there already, by two batches: one of updates, and one of inserts for those that were not there. No two
 * databases have the same statement for it.
 *
 * @param key the condition that finds one row
 * @param set what an update sets
 * @param insert the whole statement
 * @param columns binds a row, for all statements
 */
record Upsert<R>(String table, String key, String set, String insert, BiConsumer<SqlStatement<?>, R> columns) {

    void write(Handle handle, Collection<R> rows) {
        List<R> ordered = List.copyOf(rows);
        int[] updated = batch(handle, "UPDATE " + table + " SET " + set + " WHERE " + key, ordered, columns);
        List<R> missing = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            R row = ordered.get(i);
            if (updated[i] == 0 || (updated[i] == Statement.SUCCESS_NO_INFO && !isThere(handle, row))) {
                missing.add(row);
            }
        }
        batch(handle, insert, missing, columns);
    }

    /** Asked where the driver does not say what an update has found, as MariaDB's with {@code useBulkStmts}. */
    private boolean isThere(Handle handle, R row) {
        Query query = handle.createQuery("SELECT COUNT(*) FROM " + table + " WHERE " + key);
        query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        columns.accept(query, row);
        return query.mapTo(Integer.class).one() > 0;
    }

    /**
     * Executes a statement once per row, in one batch; returns how many rows each changed, {@link Statement#SUCCESS_NO_INFO} where the driver
     * does not say.
     */
    static <R> int[] batch(
            Handle handle, String sql, Collection<R> rows, BiConsumer<? super PreparedBatch, R> columns) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (R row : rows) {
                columns.accept(batch, row);
                batch.add();
            }
            return batch.execute();
        }
    }
}
