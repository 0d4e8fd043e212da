package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** How far the latest rescale has come, as a sample of the job shows it. */
public sealed interface RescaleProgress {

    /** Nothing is under way. */
    record Idle() implements RescaleProgress {}

    /**
     * The job does not run at its target yet, and may still get there.
     *
     * @param why which vertices differ, for people
     */
    record Waiting(Instant until, String why) implements RescaleProgress {}

    /**
     * The job runs at its target.
     *
     * @param took from the decision until the job ran
     */
    record Completed(Reconciliation reconciliation, Duration took) implements RescaleProgress {}

    /** The job does not run at its target, and has had its time: Flink lacks the slots, or never heard of it. */
    record NotReached(Reconciliation reconciliation) implements RescaleProgress {}

    /**
     * Compares the target with what the job runs at. One that was not reached in time may be reached later.
     *
     * @param patience how long after it was sent the target may take to be reached
     */
    static RescaleProgress of(Optional<Reconciliation> latest, JobSample sample, Duration patience, Instant now) {
        if (latest.isEmpty()) {
            return new Idle();
        }
        Reconciliation open = latest.get();
        boolean late = open.phase() == Phase.NOT_REACHED;
        if (!open.phase().isOpen() && !late) {
            return new Idle();
        }
        List<String> differences = differences(open, sample.graph());
        if (differences.isEmpty()) {
            Duration took = Duration.between(open.decidedAt(), sample.runningSince());
            Duration known = took.isNegative() ? Duration.ZERO : took;
            return new Completed(open.with(Phase.RUNNING, now, Optional.empty()), known);
        }
        if (late) {
            return new Idle();
        }
        String why = String.join(", ", differences);
        if (open.isRecent(patience, now)) {
            boolean restarted = sample.runningSince().isAfter(open.decidedAt());
            return new Waiting(open.since().plus(patience), restarted ? "the job has restarted, but " + why : why);
        }
        Phase end = open.phase() == Phase.ACCEPTED ? Phase.NOT_REACHED : Phase.FAILED;
        return new NotReached(open.with(end, now, Optional.of("not reached: " + why)));
    }

    private static List<String> differences(Reconciliation open, JobGraph graph) {
        return new TreeMap<>(open.target())
                .entrySet().stream()
                        .flatMap(wanted -> graph
                                .vertex(wanted.getKey())
                                .map(vertex -> difference(vertex, wanted.getValue()))
                                .orElse(Optional.of("vertex " + wanted.getKey() + " is not there"))
                                .stream())
                        .toList();
    }

    private static Optional<String> difference(JobVertex vertex, int wanted) {
        return vertex.parallelism() == wanted
                ? Optional.empty()
                : Optional.of("vertex " + vertex.name() + " runs at " + vertex.parallelism() + " instead of " + wanted);
    }
}
