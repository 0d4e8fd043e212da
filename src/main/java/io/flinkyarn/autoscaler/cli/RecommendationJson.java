package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@link Recommendations} came to, for programs.
 *
 * @param windowSeconds over which metrics were averaged
 */
record RecommendationJson(long windowSeconds, List<Cluster> clusters, List<Job> jobs) {

    record Cluster(String cluster, String standing, List<Problem> problems) {}

    /**
     * A job.
     *
     * @param decided whether it could be watched for long enough
     * @param rescale whether another parallelism is recommended
     * @param reason why it would be left as it is; left out where nothing was evaluated
     */
    record Job(
            JobKey job,
            String name,
            boolean decided,
            boolean rescale,
            Optional<String> reason,
            String text,
            List<Vertex> vertices) {}

    /**
     * A vertex. Rates in records/s.
     *
     * @param recommended parallelism
     * @param limit the rule that allows no more, or no less; NONE where there is none
     */
    record Vertex(
            String id,
            String name,
            int parallelism,
            int recommended,
            int maxParallelism,
            OptionalDouble busyRatio,
            OptionalDouble trueProcessingRate,
            OptionalDouble targetRate,
            OptionalDouble catchUpRate,
            OptionalDouble lag,
            OptionalDouble scaleUpThreshold,
            OptionalDouble scaleDownThreshold,
            OptionalDouble requiredCapacity,
            String limit,
            String outcome,
            String why) {}

    static RecommendationJson of(Observation observation, List<ClusterView> clusters, List<JobView> jobs) {
        return new RecommendationJson(
                observation.window().toSeconds(),
                clusters.stream()
                        .map(view -> new Cluster(view.cluster(), view.standing().name(), view.problems()))
                        .toList(),
                jobs.stream().map(RecommendationJson::of).toList());
    }

    private static Job of(JobView view) {
        return new Job(
                view.job().key(),
                view.job().jobName(),
                Recommendations.isDecided(view),
                RecommendationText.plan(view).isPresent(),
                view.reason(),
                RecommendationText.headline(view),
                Recommendations.decision(view).map(Decision::verdicts).orElse(List.of()).stream()
                        .map(RecommendationJson::of)
                        .toList());
    }

    static Vertex of(Verdict verdict) {
        return new Vertex(
                verdict.vertex().hex(),
                verdict.name(),
                verdict.parallelism(),
                verdict.newParallelism(),
                verdict.maxParallelism(),
                verdict.busyRatio(),
                verdict.trueProcessingRate(),
                verdict.targetRate(),
                verdict.catchUpRate(),
                verdict.lag(),
                verdict.scaleUpThreshold(),
                verdict.scaleDownThreshold(),
                verdict.requiredCapacity(),
                verdict.limit().name(),
                verdict.outcome().name(),
                EventText.reason(verdict));
    }
}
