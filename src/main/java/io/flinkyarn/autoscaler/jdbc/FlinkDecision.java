package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A decision of Flink's own autoscaler, as {@link FlinkScalingReport} or {@link FlinkScalingHistory} tell it.
 *
 * @param recommendedOnly whether it was not carried out
 */
record FlinkDecision(Instant at, boolean recommendedOnly, List<Change> changes) {

    FlinkDecision {
        changes = List.copyOf(changes);
    }

    /** Rates in records/s; empty for one that is not known, or no finite number. */
    record Change(
            VertexId vertex,
            int from,
            int to,
            OptionalDouble capacity,
            OptionalDouble expected,
            OptionalDouble target) {

        Change {
            capacity = Columns.finite(capacity);
            expected = Columns.finite(expected);
            target = Columns.finite(target);
        }
    }

    boolean scalesUp() {
        return changes.stream().anyMatch(change -> change.to() > change.from());
    }

    boolean scalesDown() {
        return changes.stream().anyMatch(change -> change.to() < change.from());
    }
}
