package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import io.flinkyarn.autoscaler.jdbc.JobExplanation;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Status;
import io.flinkyarn.autoscaler.jdbc.JobExplanation.Vertex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a job was or was not rescaled, for programs. Rates in records/s. */
record ExplanationJson(
        JobKey job,
        String jobName,
        Optional<String> logicalName,
        Optional<Instant> ended,
        Optional<Status> status,
        List<Vertex> vertices,
        Optional<Decision> decision,
        Optional<RescaleJson> lastRescale,
        List<SetOption> options) {

    /** The latest decision that was another than the one before, with the numbers of that time. */
    record Decision(Instant at, String kind, String reason, String detail, List<RecommendationJson.Vertex> vertices) {}

    static ExplanationJson of(JobExplanation explanation) {
        return new ExplanationJson(
                explanation.run().job(),
                explanation.run().jobName(),
                explanation.run().logicalName(),
                explanation.run().ended(),
                explanation.status(),
                explanation.vertices(),
                explanation
                        .decided()
                        .map(decided -> new Decision(
                                decided.at(),
                                decided.kind(),
                                decided.reason(),
                                decided.detail(),
                                decided.verdicts().stream()
                                        .map(RecommendationJson::of)
                                        .toList())),
                explanation.lastRescale().map(RescaleJson::of),
                explanation.options());
    }
}
