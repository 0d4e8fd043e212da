package io.flinkyarn.autoscaler.control;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** The jobs that run now, as those who call them by name want to find them. Made by {@link ManualControl}. */
public record KnownJobs(List<KnownJob> jobs) {

    private static final int CANDIDATES = 10;

    public KnownJobs {
        jobs = jobs.stream().sorted(Comparator.comparing(KnownJob::key)).toList();
    }

    /** Nobody is meant, or more than one. The message is for people, and names the candidates. */
    public static final class UnclearTargetException extends Exception {
        private static final long serialVersionUID = 1L;

        UnclearTargetException(String message) {
            super(message);
        }
    }

    /** The target that a person means by {@code ALL}, {@code CLUSTER:name}, {@code TAG:tag}, or a name of a job as {@link #find} knows it. */
    public OrderTarget target(String text) throws UnclearTargetException {
        String prefix = text.toUpperCase(Locale.ROOT);
        if (prefix.equals("ALL")) {
            return OrderTarget.ALL;
        }
        if (prefix.startsWith("CLUSTER:") || prefix.startsWith("TAG:")) {
            String name = text.substring(text.indexOf(':') + 1).strip();
            if (name.isEmpty()) {
                throw new UnclearTargetException("'" + text + "': expected a name behind the colon");
            }
            return prefix.startsWith("TAG:") ? OrderTarget.tag(name) : OrderTarget.cluster(name);
        }
        return OrderTarget.job(find(text).logical());
    }

    /**
     * The job of this logical name, job name, application id or job id, or of a prefix of one of them that no other has. The name of the cluster and
     * a slash may stand before it. Of several runs of one logical job the last is given.
     */
    public KnownJob find(String text) throws UnclearTargetException {
        if (text.isBlank()) {
            throw new UnclearTargetException("'': expected the name or id of a job, TAG:x, CLUSTER:x or ALL");
        }
        List<KnownJob> found = named(text, String::equals);
        if (found.isEmpty()) {
            found = named(text, String::startsWith);
        }
        long different = found.stream().map(KnownJob::logical).distinct().count();
        if (different > 1) {
            throw new UnclearTargetException("'" + text + "' may be any of " + found.size()
                    + " jobs: write one of these ids instead:" + list(found));
        }
        if (found.isEmpty()) {
            throw new UnclearTargetException(
                    "'" + text + "': expected the logical name, job name, application id or job id of"
                            + " a running job, or a prefix of one; " + jobs.size() + " are known"
                            + (jobs.isEmpty() ? "" : ":" + list(jobs)));
        }
        return found.get(found.size() - 1);
    }

    /** How many of them an order is about. */
    public long covered(OrderTarget target) {
        return jobs.stream().filter(job -> isCovered(job, target)).count();
    }

    static boolean isCovered(KnownJob job, OrderTarget target) {
        return target.covers(job.key(), job.logical(), job.tags());
    }

    private List<KnownJob> named(String text, BiPredicate<String, String> fits) {
        return jobs.stream()
                .filter(job -> job.names().anyMatch(name -> fits.test(name, text)))
                .toList();
    }

    private static String list(List<KnownJob> jobs) {
        String more = jobs.size() > CANDIDATES ? "\n  and " + (jobs.size() - CANDIDATES) + " more" : "";
        return jobs.stream().limit(CANDIDATES).map(job -> "\n  " + job).collect(Collectors.joining()) + more;
    }
}
