package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Since when runs that have no end are not seen. Only time counts in which their cluster was listed without a break: after a time in which it
 * was away, or we were, the count begins anew.
 *
 * @param <K> names a job run or an application
 */
final class Absences<K> {

    /** Between two looks; after a longer one nobody knows what was in between. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(5);

    private final Duration forgetAfter;
    private final Function<K, String> cluster;
    private final Map<K, Optional<Instant>> since = new HashMap<>();
    private Instant looked = Instant.MIN;

    /**
     * @param forgetAfter after which what is not seen counts as ended
     * @param cluster to which it belongs
     */
    Absences(Duration forgetAfter, Function<K, String> cluster) {
        this.cluster = cluster;
        this.forgetAfter = forgetAfter;
    }

    /** Something that has no end. */
    void expect(K run) {
        since.putIfAbsent(run, Optional.empty());
    }

    boolean isExpected(K run) {
        return since.containsKey(run);
    }

    /** These have ended. */
    void removeIf(Predicate<K> ended) {
        since.keySet().removeIf(ended);
    }

    /** What has been missing for long enough. */
    List<K> overdue(Sightings sightings, Predicate<K> mayBeThere, Instant now) {
        boolean unbroken = !now.isBefore(looked) && !now.isAfter(looked.plus(LONGEST_GAP));
        looked = now;
        List<K> overdue = new ArrayList<>();
        since.replaceAll((run, before) -> {
            Optional<ClusterView> view = sightings.cluster(cluster.apply(run)).filter(v -> isListed(v, now));
            if (view.isEmpty() || mayBeThere.test(run)) {
                return Optional.empty();
            }
            Instant listedSince = view.get().since();
            Instant missing = before.filter(earlier -> unbroken && !earlier.isBefore(listedSince))
                    .orElse(now);
            if (!now.isBefore(missing.plus(forgetAfter))) {
                overdue.add(run);
            }
            return Optional.of(missing);
        });
        return overdue;
    }

    private static boolean isListed(ClusterView view, Instant now) {
        return view.standing() == Standing.REACHABLE
                && view.listedAt()
                        .filter(at -> now.isBefore(at.plus(LONGEST_GAP)))
                        .isPresent();
    }
}
