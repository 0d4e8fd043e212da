package io.flinkyarn.autoscaler.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes rows of which some may be there already, by two batches: one of updates, and one of inserts for those that were not there. No two
 * databases have the same statement for it.
 *
 * @param columns binds a row, for both statements
 */
record Upsert<R>(String update, String insert, BiConsumer<PreparedBatch, R> columns) {

    void write(Handle handle, Collection<R> rows) {
        List<R> ordered = List.copyOf(rows);
        int[] updated = batch(handle, update, ordered, columns);
        List<R> missing = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                missing.add(ordered.get(i));
            }
        }
        batch(handle, insert, missing, columns);
    }

    /** Executes a statement once per row, in one batch; returns how many rows each changed. */
    static <R> int[] batch(Handle handle, String sql, Collection<R> rows, BiConsumer<PreparedBatch, R> columns) {
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
