package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The samples that a decision looks back on, oldest first, as one primitive array per sample. Immutable: appending yields a new window that
 * shares the arrays. Made by the step; stored and read back by the state store.
 *
 * @param vertices the order of the vertices within a row
 * @param rows oldest first
 */
public record MetricsWindow(List<VertexId> vertices, List<Row> rows) {

    /** A window that has seen nothing. */
    public static final MetricsWindow EMPTY = new MetricsWindow(List.of(), List.of());

    /** One sample. Unit and position of each value are as {@code WindowLayout} says; NaN: unknown. */
    public static final class Row {

        private final Instant at;
        private final double[] values;

        /** Takes over the array: nobody may write to it afterwards. */
        public Row(Instant at, double... values) {
            this.at = at;
            this.values = values;
        }

        public Instant at() {
            return at;
        }

        public double value(int position) {
            return values[position];
        }

        public int size() {
            return values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && at.equals(row.at) && Arrays.equals(values, row.values);
        }

        @Override
        public int hashCode() {
            return 31 * at.hashCode() + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return at + " " + Arrays.toString(values);
        }
    }

    public MetricsWindow {
        vertices = List.copyOf(vertices);
        rows = List.copyOf(rows);
    }
}
