package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.jdbc.Sightings.ApplicationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code application} for all that is listed, also where no job could be read; and, once a minute, when applications and job runs were
 * last seen: a statement for hundreds of them.
 */
final class LastSeen implements Recorded {

    private static final String APPLICATIONS = """
            UPDATE application SET last_seen = :now WHERE cluster = :cluster AND application_id IN (<ids>)
            """;

    private static final String RUNS = "UPDATE job_run SET last_seen = :now WHERE id IN (<ids>)";

    /** As it is written. */
    private Map<ApplicationKey, ListedApplication> written = Map.of();

    @Override
    public Optional<Difference> difference(Present present) {
        List<ClusterView> reachable = present.clusters().stream()
                .filter(view -> view.standing() == Standing.REACHABLE)
                .toList();
        Map<ApplicationKey, ListedApplication> next = new HashMap<>(written);
        Set<String> names = reachable.stream().map(ClusterView::cluster).collect(Collectors.toSet());
        next.keySet().removeIf(key -> names.contains(key.cluster()));
        List<ApplicationRows.Row> changed = new ArrayList<>();
        for (ClusterView view : reachable) {
            for (ListedApplication application : view.applications()) {
                ApplicationKey key = new ApplicationKey(view.cluster(), application.id());
                next.put(key, application);
                ListedApplication before = written.get(key);
                if (before == null || !before.description().equals(application.description())) {
                    changed.add(new ApplicationRows.Row(key, application.description(), present.now()));
                }
            }
        }
        List<Long> runs = present.runs().stream()
                .filter(run -> names.contains(run.view().job().key().cluster()))
                .map(Present.Run::id)
                .sorted()
                .toList();
        if (changed.isEmpty() && !(present.minute() && !next.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                handle -> {
                    ApplicationRows.write(handle, changed);
                    if (present.minute()) {
                        reachable.forEach(view -> seen(handle, view, present.now()));
                        Columns.chunks(runs)
                                .forEach(ids -> handle.createUpdate(RUNS)
                                        .bind("now", present.now().toEpochMilli())
                                        .bindList("ids", ids)
                                        .execute());
                    }
                },
                () -> written = next));
    }

    private static void seen(Handle handle, ClusterView view, Instant now) {
        List<String> applications =
                view.applications().stream().map(ListedApplication::id).sorted().toList();
        Columns.chunks(applications)
                .forEach(ids -> handle.createUpdate(APPLICATIONS)
                        .bind("now", now.toEpochMilli())
                        .bind("cluster", view.cluster())
                        .bindList("ids", ids)
                        .execute());
    }
}
