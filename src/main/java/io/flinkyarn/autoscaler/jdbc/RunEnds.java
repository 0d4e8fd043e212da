package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.jdbc.Sightings.ApplicationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * How and when job runs and applications have ended: because YARN or Flink says so, or because they were not seen for long enough. One that is
 * seen again has not ended. A rescale that is under way ends with its run, also one that a tick which was under way itself writes a little later.
 */
final class RunEnds implements Recorded {

    /** After which no tick that began before the end of its run still goes on. */
    private static final Duration LAST_TICK = Duration.ofMinutes(5);

    private static final String OPEN_RUNS =
            "SELECT cluster, application_id, job_id FROM job_run WHERE ended_at IS NULL";

    private static final String OF_RUN =
            " WHERE cluster = :cluster AND application_id = :applicationId AND job_id = :jobId";
    private static final String OF_APPLICATION = " WHERE cluster = :cluster AND application_id = :applicationId";

    private static final String OPEN_RUNS_OF = "SELECT id, last_seen FROM job_run";

    private static final String ENDED = " SET ended_at = :endedAt, ended_how = :endedHow";
    private static final String FORGOTTEN = " SET ended_at = last_seen, ended_how = :endedHow";
    private static final String SEEN_AGAIN = " SET ended_at = NULL, ended_how = NULL";
    private static final String UNLESS_ENDED = " AND ended_at IS NULL";

    private final String forgottenHow;
    private final Absences<JobKey> runs;
    private final Absences<ApplicationKey> applications;

    /** The ends that are written, of those that the listings still tell. */
    private Set<Told> told = Set.of();

    /** Runs that have ended lately, by the id of their row. */
    private final Map<Long, Ended> lately = new HashMap<>();

    private record Ended(String how, Instant at, Instant written) {}

    private record Told(String cluster, End end) {

        ApplicationKey application() {
            return new ApplicationKey(cluster, end.applicationId());
        }

        Optional<JobKey> run() {
            return end.jobId().map(id -> new JobKey(cluster, end.applicationId(), id));
        }

        boolean concerns(JobKey run) {
            return run.cluster().equals(cluster)
                    && run.applicationId().equals(end.applicationId())
                    && end.jobId().map(run.jobId()::equals).orElse(true);
        }

        boolean isOver(Sightings sightings) {
            return run().map(run -> !sightings.isThere(run)).orElse(!sightings.isThere(application()));
        }
    }

    /** @param forgetAfter after which a run that is not seen counts as ended */
    RunEnds(Duration forgetAfter) {
        this.forgottenHow = "not seen for " + print(forgetAfter);
        this.runs = new Absences<>(forgetAfter, JobKey::cluster);
        this.applications = new Absences<>(forgetAfter, ApplicationKey::cluster);
    }

    @Override
    public void load(Handle handle) {
        handle.createQuery(OPEN_RUNS)
                .map((row, context) ->
                        new JobKey(row.getString("cluster"), row.getString("application_id"), row.getString("job_id")))
                .forEach(runs::expect);
        OpenApplications.read(handle).forEach(applications::expect);
    }

    @Override
    public Optional<Difference> difference(Present present) {
        Sightings sightings = new Sightings(present);
        List<JobKey> runsAgain =
                sightings.jobs().stream().filter(run -> !runs.isExpected(run)).toList();
        List<ApplicationKey> applicationsAgain = sightings.applications().stream()
                .filter(application -> !applications.isExpected(application))
                .toList();
        Set<Told> telling = new HashSet<>();
        List<Told> ends = new ArrayList<>();
        for (ClusterView view : present.clusters()) {
            for (End end : view.ended()) {
                Told next = new Told(view.cluster(), end);
                if (next.isOver(sightings)) {
                    telling.add(next);
                    if (!told.contains(next)) {
                        ends.add(next);
                    }
                }
            }
        }
        List<JobKey> lostRuns = runs.overdue(sightings, sightings::mayBeThere, present.now());
        List<ApplicationKey> lostApplications = applications.overdue(sightings, sightings::isThere, present.now());
        Map<Long, Ended> settled = new HashMap<>(lately);
        settled.values().removeIf(end -> present.now().isBefore(end.written().plus(LAST_TICK)));
        Runnable written = () -> {
            told = telling;
            lately.keySet().removeAll(settled.keySet());
            runsAgain.forEach(runs::expect);
            applicationsAgain.forEach(applications::expect);
            runs.removeIf(run -> lostRuns.contains(run) || ends.stream().anyMatch(end -> end.concerns(run)));
            applications.removeIf(application -> lostApplications.contains(application)
                    || ends.stream()
                            .anyMatch(end ->
                                    end.run().isEmpty() && end.application().equals(application)));
        };
        if (runsAgain.isEmpty()
                && applicationsAgain.isEmpty()
                && ends.isEmpty()
                && settled.isEmpty()
                && lostRuns.isEmpty()
                && lostApplications.isEmpty()) {
            told = telling;
            return Optional.empty();
        }
        return Optional.of(new Difference(
                handle -> {
                    Upsert.batch(handle, "UPDATE job_run" + SEEN_AGAIN + OF_RUN, runsAgain, RunEnds::bind);
                    Upsert.batch(
                            handle,
                            "UPDATE application" + SEEN_AGAIN + OF_APPLICATION,
                            applicationsAgain,
                            RunEnds::bind);
                    settled.forEach((run, end) -> settle(handle, run, end));
                    end(handle, ends, present.now());
                    forget(handle, lostRuns, lostApplications, present.now());
                },
                written));
    }

    private static String print(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + " s";
        }
        return duration.toMinutesPart() == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }

    private void end(Handle handle, List<Told> ends, Instant now) {
        List<Told> ofJobs = ends.stream().filter(end -> end.run().isPresent()).toList();
        List<Told> ofApplications =
                ends.stream().filter(end -> end.run().isEmpty()).toList();
        for (Told end : ends) {
            Instant at = end.end().at().orElse(now);
            openRuns(handle, end.application(), end.run())
                    .forEach(run -> end(handle, run, new Ended(end.end().how(), at, now)));
        }
        Upsert.batch(handle, "UPDATE job_run" + ENDED + OF_RUN + UNLESS_ENDED, ofJobs, (batch, end) -> {
            bind(batch, end.run().orElseThrow());
            how(batch, end.end(), now);
        });
        for (String table : List.of("job_run", "application")) {
            Upsert.batch(
                    handle, "UPDATE " + table + ENDED + OF_APPLICATION + UNLESS_ENDED, ofApplications, (batch, end) -> {
                        bind(batch, end.application());
                        how(batch, end.end(), now);
                    });
        }
    }

    private void end(Handle handle, OpenRun run, Ended end) {
        OutcomeColumns.end(handle, run.id(), end.how(), end.at());
        lately.put(run.id(), end);
    }

    private void forget(Handle handle, List<JobKey> lostRuns, List<ApplicationKey> lostApplications, Instant now) {
        for (JobKey lost : lostRuns) {
            ApplicationKey application = new ApplicationKey(lost.cluster(), lost.applicationId());
            openRuns(handle, application, Optional.of(lost))
                    .forEach(run -> end(handle, run, new Ended(forgottenHow, run.lastSeen(), now)));
        }
        Upsert.batch(handle, "UPDATE job_run" + FORGOTTEN + OF_RUN + UNLESS_ENDED, lostRuns, (batch, run) -> {
            bind(batch, run);
            batch.bind("endedHow", forgottenHow);
        });
        Upsert.batch(
                handle,
                "UPDATE application" + FORGOTTEN + OF_APPLICATION + UNLESS_ENDED,
                lostApplications,
                (batch, application) -> {
                    bind(batch, application);
                    batch.bind("endedHow", forgottenHow);
                });
    }

    private static void settle(Handle handle, long run, Ended end) {
        boolean hasEnded = handle.createQuery("SELECT COUNT(*) FROM job_run WHERE id = :id AND ended_at IS NOT NULL")
                        .bind("id", run)
                        .mapTo(Integer.class)
                        .one()
                > 0;
        if (hasEnded) {
            OutcomeColumns.end(handle, run, end.how(), end.at());
        }
    }

    private record OpenRun(long id, Instant lastSeen) {}

    /** @param only the one of them that is meant; empty: all */
    private static List<OpenRun> openRuns(Handle handle, ApplicationKey application, Optional<JobKey> only) {
        Query query = handle.createQuery(OPEN_RUNS_OF + (only.isPresent() ? OF_RUN : OF_APPLICATION) + UNLESS_ENDED)
                .bind("cluster", application.cluster())
                .bind("applicationId", application.id());
        only.ifPresent(run -> query.bind("jobId", run.jobId()));
        return query.map((row, context) ->
                        new OpenRun(row.getLong("id"), Instant.ofEpochMilli(row.getLong("last_seen"))))
                .list();
    }

    private static void bind(PreparedBatch batch, JobKey run) {
        batch.bind("cluster", run.cluster())
                .bind("applicationId", run.applicationId())
                .bind("jobId", run.jobId());
    }

    private static void bind(PreparedBatch batch, ApplicationKey application) {
        batch.bind("cluster", application.cluster()).bind("applicationId", application.id());
    }

    private static void how(PreparedBatch batch, End end, Instant now) {
        batch.bind("endedAt", end.at().orElse(now).toEpochMilli()).bind("endedHow", Columns.cut(end.how(), 255));
    }
}
