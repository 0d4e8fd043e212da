package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.cli.Census.Seen;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.PassedOver;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link Census} for people. */
final class CensusText {

    private CensusText() {}

    static List<String> lines(Census census) {
        List<String> lines = new ArrayList<>();
        Map<String, String> unread = census.listing().problems().stream()
                .collect(Collectors.toMap(Problem::subject, Problem::message, (first, second) -> first));
        lines.add("cluster " + census.cluster() + ": "
                + (census.listing().complete()
                        ? count(census.listing().applications().size(), "application") + ", "
                                + count(census.jobs().size(), "job")
                        : "NOT REACHABLE: " + unread.getOrDefault(census.cluster(), "it does not answer")));
        Map<String, List<Seen>> jobs = census.jobs().stream()
                .collect(Collectors.groupingBy(seen -> seen.job().key().applicationId()));
        census.listing().applications().stream()
                .sorted(Comparator.comparing(ListedApplication::id))
                .forEach(application -> {
                    lines.add("  " + application.id()
                            + application.description().map(CensusText::line).orElse(""));
                    if (unread.containsKey(application.id())) {
                        lines.add("    cannot be read: " + unread.get(application.id()));
                    }
                    jobs.getOrDefault(application.id(), List.of()).forEach(seen -> lines.add("    " + line(seen)));
                });
        census.passedOver().stream().flatMap(List::stream).forEach(passed -> lines.add("  " + line(passed)));
        return lines;
    }

    /** How many jobs are in which mode, over all clusters. */
    static String sum(List<Census> all) {
        Map<String, Long> modes = all.stream()
                .flatMap(census -> census.jobs().stream())
                .collect(Collectors.groupingBy(seen -> seen.mode().sentence(), Collectors.counting()));
        String jobs = modes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(mode -> mode.getValue() + " " + mode.getKey())
                .collect(Collectors.joining(", "));
        return jobs.isEmpty() ? "no jobs" : "jobs: " + jobs;
    }

    private static String line(Seen seen) {
        return "job " + seen.job().jobName() + " (" + seen.job().key().jobId() + "), "
                + seen.job().jobStatus()
                + seen.version().map(version -> ", Flink " + version).orElse("") + ": "
                + seen.mode().sentence()
                + (seen.named().isEmpty() ? "" : " (policies " + String.join(", ", seen.named()) + ")")
                + seen.why().map(why -> ", because " + why).orElse("");
    }

    private static String line(PassedOver passed) {
        return passed.id() + line(passed.description()) + ": not looked after, because " + passed.why();
    }

    private static String line(Application application) {
        return " " + application.name() + ", queue " + application.queue() + ", user " + application.user()
                + (application.tags().isEmpty()
                        ? ""
                        : ", tags " + application.tags().stream().sorted().collect(Collectors.joining(", ")));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
