package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.core.state.Standing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of one job now. Made by its tick, shown on the {@link Board}.
 *
 * @param options and the policy that they make; empty where they were not read yet, or are invalid
 * @param graph as the latest sample saw it; empty where the job was not sampled yet
 * @param decided the latest decision; empty before the first
 * @param rescale the latest rescale that was decided, and how far it has come
 * @param served when a cycle last went through; empty before the first
 * @param trouble why the job could not be served in the latest cycle; empty where it was
 * @param facts empty where they were not read yet
 * @param sample the latest one; empty where the job was not sampled yet
 */
public record JobView(
        JobAutoScalerContext job,
        JobMode mode,
        Optional<PolicyReading.Valid> options,
        Optional<JobGraph> graph,
        Optional<Decided> decided,
        Optional<Reconciliation> rescale,
        Optional<Instant> served,
        Optional<Trouble> trouble,
        Optional<JobFacts> facts,
        Optional<JobSample> sample) {

    /** One of which no facts and no sample are known. */
    public JobView(
            JobAutoScalerContext job,
            JobMode mode,
            Optional<PolicyReading.Valid> options,
            Optional<JobGraph> graph,
            Optional<Decided> decided,
            Optional<Reconciliation> rescale,
            Optional<Instant> served,
            Optional<Trouble> trouble) {
        this(job, mode, options, graph, decided, rescale, served, trouble, Optional.empty(), Optional.empty());
    }

    /**
     * A decision.
     *
     * @param at when it was taken
     * @param since since when its reason holds without a break
     */
    public record Decided(Decision decision, Instant at, Instant since) {}

    /**
     * A job that could not be served.
     *
     * @param cause what kind of failure it was
     * @param message one line for people
     * @param since when the first of the failures in a row was
     * @param nextTry not before then
     */
    public record Trouble(Cause cause, String message, Instant since, Instant nextTry) {

        /** Why a job is not served, for events and metrics. */
        public enum Cause {
            NO_ANSWER,
            NOT_FLINK,
            REFUSED,
            GONE,
            MALFORMED,
            /** The store is away: the job is only observed. */
            STORE,
            /** Another process has decided about the same job. */
            CONFLICT,
            /** A defect of ours. */
            DEFECT
        }
    }

    /** A job that was listed, and not worked on yet. */
    static JobView unknown(JobAutoScalerContext job) {
        return new JobView(
                job,
                JobMode.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    JobView with(JobAutoScalerContext next) {
        return new JobView(next, mode, options, graph, decided, rescale, served, trouble, facts, sample);
    }

    JobView with(JobMode next) {
        return new JobView(job, next, options, graph, decided, rescale, served, trouble, facts, sample);
    }

    JobView with(PolicyReading.Valid next) {
        return new JobView(job, mode, Optional.of(next), graph, decided, rescale, served, trouble, facts, sample);
    }

    JobView with(JobFacts next) {
        return new JobView(job, mode, options, graph, decided, rescale, served, trouble, Optional.of(next), sample);
    }

    JobView with(JobSample next) {
        return new JobView(
                job,
                mode,
                options,
                Optional.of(next.graph()),
                decided,
                rescale,
                served,
                trouble,
                facts,
                Optional.of(next));
    }

    /** @param standing how the job stands since; a decision that only passes leaves the one before in sight */
    JobView with(Decision decision, Standing standing, Instant now) {
        boolean passes = !reason(decision).equals(standing.reason());
        if (decided.isPresent() && passes) {
            return this;
        }
        return new JobView(
                job,
                mode,
                options,
                graph,
                Optional.of(new Decided(decision, now, standing.since())),
                rescale,
                served,
                trouble,
                facts,
                sample);
    }

    /** How the job stands if nothing of it is stored: since when this reason is in sight. */
    Standing standing(HoldReason reason, Instant now) {
        Instant since = decided.filter(d -> reason(d.decision()).equals(reason.name()))
                .map(Decided::since)
                .orElse(now);
        return new Standing(reason.name(), since);
    }

    /** Whether an administrator's cap on the parallelism leaves room for a target, which may have been decided without it. */
    boolean allows(Map<VertexId, Integer> target, ScalingPolicy.Limits limits) {
        return target.entrySet().stream().allMatch(entry -> {
            Optional<JobVertex> vertex = graph.flatMap(g -> g.vertex(entry.getKey()));
            int today = vertex.map(JobVertex::parallelism).orElse(0);
            return limits.allows(today, entry.getValue());
        });
    }

    /** Whether it has had its first cycle. Until then, what an earlier process has told of it still says more. */
    public boolean isRead() {
        return mode != JobMode.UNKNOWN || trouble.isPresent();
    }

    /** Name of the reason why the job is held, or {@link Standing#RESCALED}; empty before the first decision. */
    public Optional<String> reason() {
        return decided.map(d -> reason(d.decision()));
    }

    /** The same in words, with the particulars where there are any. */
    public Optional<String> detail() {
        return decided.map(d ->
                d.decision().match(Hold::inWords, rescale -> rescale.trigger().sentence()));
    }

    /** Parallelism of the vertices that a rescale under way changes, or that a recommendation would. */
    public Map<VertexId, Integer> targets() {
        Optional<Map<VertexId, Integer>> underWay = rescale.filter(
                        r -> r.phase().isOpen() || r.phase() == Phase.NOT_REACHED)
                .map(Reconciliation::target);
        return underWay.or(() -> decided.flatMap(d -> d.decision().match(Hold::recommended, r -> Optional.empty()))
                        .map(RescalePlan::targets))
                .orElse(Map.of());
    }

    private static String reason(Decision decision) {
        return decision.match(hold -> hold.reason().name(), rescale -> Standing.RESCALED);
    }

    JobView withRescale(Optional<Reconciliation> next) {
        return new JobView(job, mode, options, graph, decided, next, served, trouble, facts, sample);
    }

    /** A target for people: {@code work 1 -> 4, sink 1 -> 2}, with ids where the vertices are not known yet. */
    String print(Map<VertexId, Integer> target) {
        return target.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> print(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String print(VertexId id, int parallelism) {
        return graph.flatMap(g -> g.vertex(id))
                .map(vertex -> vertex.name() + " " + vertex.parallelism() + " -> " + parallelism)
                .orElse(id + " -> " + parallelism);
    }

    JobView withTrouble(Optional<Trouble> next) {
        return new JobView(job, mode, options, graph, decided, rescale, served, next, facts, sample);
    }

    /** A cycle has gone through. */
    JobView servedAt(Instant now) {
        return new JobView(job, mode, options, graph, decided, rescale, Optional.of(now), trouble, facts, sample);
    }
}
