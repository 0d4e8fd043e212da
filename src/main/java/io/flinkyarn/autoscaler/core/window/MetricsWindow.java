package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
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

    /**
     * One sample.
     *
     * @param values unit and position as {@code WindowLayout} says; NaN: unknown. Never written to after construction
     */
    public record Row(Instant at, double[] values) {}

    public MetricsWindow {
        vertices = List.copyOf(vertices);
        rows = List.copyOf(rows);
    }
}
