package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.event.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What {@link Recommendations} came to, for people. */
final class RecommendationText {

    private static final List<String> HEAD =
            List.of("  vertex", "now", "then", "busy", "true rate/s", "target/s", "lag", "why");

    private RecommendationText() {}

    static List<String> lines(List<ClusterView> clusters, List<JobView> jobs) {
        List<String> lines = new ArrayList<>();
        for (ClusterView cluster : clusters) {
            if (cluster.standing() != ClusterView.Standing.REACHABLE) {
                lines.add("cluster " + cluster.cluster() + ": NOT REACHABLE");
            }
            for (Problem problem : cluster.problems()) {
                lines.add("  cannot read " + problem.subject() + ": " + problem.message());
            }
        }
        jobs.forEach(job -> lines.addAll(lines(job)));
        if (jobs.isEmpty()) {
            lines.add("No running job was found; 'autoscaler.sh list' says what is there, and what is left out");
        }
        return lines;
    }

    private static List<String> lines(JobView view) {
        List<String> lines = new ArrayList<>();
        lines.add("job " + view.job().jobName() + " (" + view.job().key() + "): " + headline(view));
        List<Verdict> verdicts = verdicts(view);
        if (!verdicts.isEmpty()) {
            Table table = new Table(HEAD);
            verdicts.forEach(verdict -> table.add(row(verdict)));
            lines.addAll(table.lines());
        }
        return lines;
    }

    /** What is recommended, or why nothing is. */
    static String headline(JobView view) {
        if (plan(view).isPresent()) {
            return "a rescale is recommended, " + changes(verdicts(view));
        }
        return (Recommendations.isDecided(view) ? "stays as it is, " : "NO RECOMMENDATION in this time, ") + why(view);
    }

    /** Why it is held, or what it waits for. */
    static String why(JobView view) {
        return view.trouble()
                .map(trouble -> "it cannot be read: " + trouble.message())
                .or(() -> Recommendations.decision(view)
                        .map(decision -> decision.match(EventText::sentence, rescale -> "")))
                .orElse("it was not read yet");
    }

    private static String changes(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict::changes)
                .map(verdict -> verdict.name() + " " + verdict.parallelism() + " → " + verdict.newParallelism())
                .collect(Collectors.joining(", "));
    }

    private static List<Verdict> verdicts(JobView view) {
        return Recommendations.decision(view).map(Decision::verdicts).orElse(List.of());
    }

    static Optional<RescalePlan> plan(JobView view) {
        return Recommendations.decision(view)
                .flatMap(
                        decision -> decision.match(Decision.Hold::recommended, rescale -> Optional.of(rescale.plan())));
    }

    private static List<String> row(Verdict verdict) {
        return List.of(
                "  " + verdict.name(),
                String.valueOf(verdict.parallelism()),
                String.valueOf(verdict.newParallelism()),
                verdict.busyRatio().isPresent() ? Math.round(verdict.busyRatio().getAsDouble() * 100) + " %" : "-",
                number(verdict.trueProcessingRate()),
                number(verdict.targetRate()),
                number(verdict.lag()),
                EventText.reason(verdict));
    }

    private static String number(OptionalDouble rate) {
        return rate.isEmpty() || Double.isInfinite(rate.getAsDouble())
                ? "-"
                : String.format(Locale.ROOT, "%.1f", rate.getAsDouble());
    }
}
