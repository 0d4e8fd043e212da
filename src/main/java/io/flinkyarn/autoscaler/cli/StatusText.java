package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.RequestLog.Count;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The state of the daemon for people: which clusters it reaches, what it does with each job, and why. */
record StatusText(String version, long pid, Instant startedAt, ZoneId zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int LONGEST_NAME = 40;

    /** @param load requests per second by cluster */
    String of(
            Records.Standing records,
            List<ClusterView> clusters,
            List<JobView> jobs,
            List<Count> requests,
            Map<String, Double> load,
            Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("version " + version + ", pid " + pid + ", up " + print(Duration.between(startedAt, now)) + " since "
                + time(startedAt) + ", as of " + time(now));
        lines.addAll(lines(records));
        for (ClusterView cluster : clusters) {
            lines.add("cluster " + cluster.cluster() + ": " + standing(cluster));
            cluster.askingSince()
                    .filter(since -> Duration.between(since, now).toSeconds() >= 1)
                    .ifPresent(since -> lines.add("  waits for an answer since " + time(since)));
            Optional.ofNullable(load.get(cluster.cluster()))
                    .ifPresent(rate -> lines.add(
                            String.format(Locale.ROOT, "  its ResourceManager gets %.1f requests/s from us", rate)));
            for (Problem problem : cluster.problems()) {
                lines.add("  cannot read " + problem.subject() + ": " + problem.message());
            }
        }
        jobs.forEach(job -> lines.addAll(lines(job)));
        if (!requests.isEmpty()) {
            lines.add("requests so far:");
            requests.forEach(count -> lines.add("  " + line(count)));
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> lines(Records.Standing records) {
        if (records.absence().isPresent()) {
            Absence absence = records.absence().get();
            return List.of(
                    "database NOT REACHABLE since " + time(absence.since()) + ": " + absence.why(),
                    "  jobs are observed, nothing is decided; " + absence.waiting() + " samples wait to be written, "
                            + absence.lost() + " were given up");
        }
        return records
                .unrecorded()
                .map(trouble -> "status NOT RECORDED since " + time(trouble.since()) + ": " + trouble.message())
                .stream()
                .toList();
    }

    private String standing(ClusterView cluster) {
        return switch (cluster.standing()) {
            case NOT_LISTED_YET -> "not listed yet";
            case REACHABLE -> "reachable since " + time(cluster.since()) + ", " + jobs(cluster.jobs());
            case UNREACHABLE ->
                "NOT REACHABLE since " + time(cluster.since()) + ", " + jobs(cluster.jobs()) + " known from before";
        };
    }

    private static String jobs(int count) {
        return count == 1 ? "1 running job" : count + " running jobs";
    }

    private List<String> lines(JobView view) {
        List<String> lines = new ArrayList<>();
        lines.add("job " + view.job().jobName() + " (" + view.job().key() + "): "
                + view.mode().sentence()
                + policies(view)
                + view.graph()
                        .map(graph -> ", parallelism " + parallelism(graph))
                        .orElse(""));
        view.decided().ifPresent(decided -> lines.add("  " + decision(decided)));
        view.rescale().ifPresent(rescale -> lines.add("  " + rescale(view.graph(), rescale)));
        view.trouble()
                .ifPresent(trouble -> lines.add("  NOT SERVED since " + time(trouble.since()) + ": " + trouble.message()
                        + "; next try at " + time(trouble.nextTry())));
        return lines;
    }

    private static String policies(JobView view) {
        List<String> named = view.options().map(PolicyReading.Valid::named).orElse(List.of());
        return named.isEmpty() ? "" : " (policies " + String.join(", ", named) + ")";
    }

    private String decision(JobView.Decided decided) {
        return decided.decision()
                        .match(
                                hold -> "holds, " + hold.reason().sentence()
                                        + (hold.detail().isEmpty() ? "" : ": " + hold.detail()),
                                rescale -> "has been rescaled")
                + "; since " + time(decided.since());
    }

    private String rescale(Optional<JobGraph> graph, Reconciliation rescale) {
        String target = rescale.target().entrySet().stream()
                .map(entry -> graph.flatMap(g -> g.vertex(entry.getKey()))
                                .map(vertex -> shortened(vertex.name()))
                                .orElse(entry.getKey().hex())
                        + " " + entry.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
        return "last rescale to " + target + ", decided " + time(rescale.decidedAt()) + ": "
                + rescale.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " since " + time(rescale.since())
                + rescale.detail().map(detail -> " (" + detail + ")").orElse("");
    }

    private static String parallelism(JobGraph graph) {
        return graph.vertices().stream()
                .map(vertex -> shortened(vertex.name()) + " " + vertex.parallelism())
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static String line(Count count) {
        Request request = count.request();
        return request.cluster() + " " + request.method() + " " + request.route() + " "
                + way(request.way()) + ", " + request.outcome() + ": "
                + count.requests() + ", " + count.took().toMillis() / count.requests() + " ms each";
    }

    private static String way(Way way) {
        return switch (way) {
            case PROXY -> "through the proxy";
            case DIRECT -> "direct";
            case RPC -> "to the ResourceManager";
        };
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    private static String print(Duration duration) {
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
