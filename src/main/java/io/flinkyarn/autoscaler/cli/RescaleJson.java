package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Change;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Rescale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rescale for programs.
 *
 * @param restartSeconds from the decision until the job ran at the new parallelism
 */
record RescaleJson(
        JobKey job,
        String jobName,
        Instant decidedAt,
        String phase,
        Optional<String> detail,
        Optional<Double> restartSeconds,
        List<Change> changes) {

    /** Newest first. */
    record All(List<RescaleJson> rescales) {}

    static RescaleJson of(Rescale rescale) {
        return new RescaleJson(
                rescale.job(),
                rescale.jobName(),
                rescale.decidedAt(),
                rescale.phase().name(),
                rescale.detail(),
                rescale.restart().map(Duration::toMillis).map(millis -> millis / 1000.0),
                rescale.changes());
    }
}
