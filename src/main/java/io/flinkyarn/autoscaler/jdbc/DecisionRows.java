package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code decision}, as they are inserted. How far a rescale has come is written by {@link OutcomeColumns}. */
final class DecisionRows {

    /** What kind of decision a row shows. */
    private enum Kind {
        /** A rescale, to be sent to Flink. */
        EXECUTED,
        /** A hold that says what would be done if it were allowed. */
        RECOMMENDED,
        HELD
    }

    private static final String INSERT = """
            INSERT INTO decision (job_run_id, decided_at, kind, reason, detail, triggered_by, decided_by, limited)
            VALUES (:jobRunId, :decidedAt, :kind, :reason, :detail, :triggeredBy, :decidedBy, :limited)
            """;

    private DecisionRows() {}

    /** Inserts a decision with a row per vertex. */
    static void insert(Handle handle, long jobRunId, Decision decision, Instant decidedAt, String decidedBy) {
        long id = handle.createUpdate(INSERT)
                .bind("jobRunId", jobRunId)
                .bind("decidedAt", decidedAt.toEpochMilli())
                .bind("kind", kind(decision).name())
                .bind("reason", reason(decision))
                .bind("detail", Columns.cut(detail(decision), 2000))
                .bind("triggeredBy", decision.trigger().name())
                .bind("decidedBy", Columns.cut(decidedBy, 255))
                .bind("limited", isLimited(decision) ? 1 : 0)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        VertexRows.insert(handle, id, decision.verdicts(), targets(decision));
    }

    private static boolean isLimited(Decision decision) {
        return decision.verdicts().stream().anyMatch(verdict -> verdict.limit() != Limit.NONE);
    }

    private static Kind kind(Decision decision) {
        return decision.match(
                hold -> hold.recommended().isPresent() ? Kind.RECOMMENDED : Kind.HELD, rescale -> Kind.EXECUTED);
    }

    private static String reason(Decision decision) {
        return decision.match(hold -> hold.reason().name(), rescale -> direction(rescale.plan()));
    }

    private static String direction(RescalePlan plan) {
        boolean up = plan.changes().stream().anyMatch(change -> change.to() > change.from());
        boolean down = plan.changes().stream().anyMatch(change -> change.to() < change.from());
        return up && down ? "SCALE_UP_AND_DOWN" : (up ? VertexOutcome.SCALE_UP : VertexOutcome.SCALE_DOWN).name();
    }

    private static String detail(Decision decision) {
        return decision.match(Hold::inWords, rescale -> rescale.trigger().sentence());
    }

    private static Map<VertexId, Integer> targets(Decision decision) {
        return decision.match(Hold::recommended, rescale -> Optional.of(rescale.plan()))
                .map(RescalePlan::targets)
                .orElse(Map.of());
    }
}
