package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import io.flinkyarn.autoscaler.jdbc.RescaleHistory.Rescale;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a job was or was not rescaled: all that the database knows of one run. Made by {@link JobExplanations}.
 *
 * @param status empty where the daemon has not worked on the job yet
 * @param vertices in topological order; none before the job was sampled
 * @param decided the latest decision that was another than the one before
 * @param options that somebody has set
 */
public record JobExplanation(
        Run run,
        Optional<Status> status,
        List<Vertex> vertices,
        Optional<Decided> decided,
        Optional<Rescale> lastRescale,
        List<SetOption> options) {

    public JobExplanation {
        vertices = List.copyOf(vertices);
        options = List.copyOf(options);
    }

    /**
     * A run of a job.
     *
     * @param logicalName what its runs have in common
     * @param lastSeen to the minute
     * @param ended when it was seen to have ended; empty while it runs
     */
    public record Run(
            long id,
            JobKey job,
            String jobName,
            Optional<String> logicalName,
            Instant lastSeen,
            Optional<Instant> ended) {

        /** For people who look for the one that they mean. */
        @Override
        public String toString() {
            return jobName + " (" + job
                    + logicalName.map(name -> ", logical name " + name).orElse("")
                    + (ended.isPresent() ? ", ended" : "") + ")";
        }
    }

    /**
     * How the job stands.
     *
     * @param reason name of the reason why it is held, or {@link io.flinkyarn.autoscaler.core.state.Standing#RESCALED}
     * @param detail the same in words
     * @param since since when it stands so without a break
     * @param trouble why it could not be served in the latest cycle
     * @param lastGoodCycle to the minute
     */
    public record Status(
            JobMode mode,
            Optional<String> policies,
            Optional<String> reason,
            Optional<String> detail,
            Optional<Instant> since,
            Optional<String> trouble,
            Optional<Instant> troubleSince,
            Optional<Instant> lastGoodCycle,
            Instant updatedAt) {}

    /**
     * A vertex as it is now. Rates in records/s.
     *
     * @param target parallelism after the rescale under way, or as recommended
     * @param fedBy positions of its inputs in the list of vertices
     */
    public record Vertex(
            String id,
            String name,
            int parallelism,
            int target,
            int lowest,
            int highest,
            OptionalDouble busyRatio,
            OptionalDouble trueProcessingRate,
            OptionalDouble targetRate,
            OptionalDouble lag,
            List<Integer> fedBy) {

        public Vertex {
            fedBy = List.copyOf(fedBy);
        }
    }

    /**
     * A decision.
     *
     * @param kind EXECUTED, RECOMMENDED or HELD
     * @param detail why, in words
     */
    public record Decided(Instant at, String kind, String reason, String detail, List<Verdict> verdicts) {

        public Decided {
            verdicts = List.copyOf(verdicts);
        }

        Decided with(List<Verdict> next) {
            return new Decided(at, kind, reason, detail, next);
        }
    }
}
