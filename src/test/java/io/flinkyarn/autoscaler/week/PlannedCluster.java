package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One YARN cluster of the plan. It tells for an hour how an application has ended, as the real one does. */
final class PlannedCluster implements JobListFetcher {

    static final String AWAY = "rm-b:8032 does not answer: connection refused";
    static final String NOT_PERMITTED = "its tracking URL is N/A: the user autoscaler lacks VIEW_APP on it";

    private final String name;
    private final Clock clock;
    private Listing latest = Listing.empty(List.of(), false);

    PlannedCluster(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    @Override
    public String cluster() {
        return name;
    }

    @Override
    public Listing fetch() {
        long second = Week.second(clock.instant());
        if (name.equals(Plan.OTHER) && Plan.OTHER_IS_AWAY.contains(second)) {
            return new Listing(
                    latest.jobs(), latest.applications(), latest.ended(), List.of(new Problem(name, AWAY)), false);
        }
        latest = list(second);
        return latest;
    }

    private Listing list(long second) {
        List<JobAutoScalerContext> jobs = new ArrayList<>();
        List<ListedApplication> applications = new ArrayList<>();
        List<End> ended = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (PlannedJob job : Plan.jobs()) {
            if (!job.cluster().equals(name)) {
                continue;
            }
            if (job.isThere(second)) {
                jobs.add(job.context(Plan.status(job, second)));
                applications.add(new ListedApplication(job.applicationId(), Optional.of(job.application()), true));
            } else if (second >= job.to() && second < job.to() + Plan.HOUR) {
                Instant at = Plan.START.plusSeconds(job.to());
                String how = job.endedHow().orElseThrow();
                ended.add(new End(job.applicationId(), Optional.empty(), how, Optional.of(at)));
            }
        }
        if (name.equals(Plan.MAIN) && Plan.LOCKED_IS_THERE.contains(second)) {
            String id = PlannedJob.applicationId(Plan.LOCKED);
            Application locked = new Application("locked", "etl", "grace", Set.of());
            applications.add(new ListedApplication(id, Optional.of(locked), false));
            problems.add(new Problem(id, NOT_PERMITTED));
        }
        return new Listing(jobs, applications, ended, problems, true);
    }

    @Override
    public void close() {}
}
