package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.cli.Census.Seen;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.PassedOver;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Census} for programs.
 *
 * @param reachable whether the cluster answered
 * @param passedOver left out where the cluster did not tell
 * @param problems what could not be read
 */
record CensusJson(
        String cluster,
        boolean reachable,
        List<ListedApplication> applications,
        List<Job> jobs,
        Optional<List<PassedOver>> passedOver,
        List<Problem> problems) {

    /** Of all clusters. */
    record All(List<CensusJson> clusters) {}

    /** @param why nothing is done with it; left out where something is */
    record Job(
            JobKey job,
            String name,
            String status,
            String mode,
            List<String> policies,
            Optional<String> flinkVersion,
            Optional<String> why) {}

    static All of(List<Census> all) {
        return new All(all.stream().map(CensusJson::of).toList());
    }

    private static CensusJson of(Census census) {
        return new CensusJson(
                census.cluster(),
                census.listing().complete(),
                census.listing().applications(),
                census.jobs().stream().map(CensusJson::of).toList(),
                census.passedOver(),
                census.listing().problems());
    }

    private static Job of(Seen seen) {
        return new Job(
                seen.job().key(),
                seen.job().jobName(),
                seen.job().jobStatus(),
                seen.mode().name(),
                seen.named(),
                seen.version(),
                seen.why());
    }
}
