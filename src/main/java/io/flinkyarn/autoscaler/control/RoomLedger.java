package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Fit;
import io.flinkyarn.autoscaler.core.resources.Headroom.Promised;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who gets the room of one cluster. It remembers what was promised until the figures of the cluster show it, and who waits, so that no room is
 * given twice, and those that wait are served in order of their priority.
 *
 * <pre>
 *   asks for the first time ──▶ room for it twice ─────────────────▶ promised ──▶ in the figures, or out of time: forgotten
 *                          └──▶ waits one cycle, the others ask too ──▲
 *                               └──▶ waits while there is no room ────┘
 * </pre>
 *
 * <p>Jobs have their turns spread over a cycle. Whoever would take most of what is left therefore waits until all others had theirs: their
 * releases, which wait for nobody, were made by then, and their wishes are known. Any thread may call it; all fields are guarded by this
 * object.
 */
final class RoomLedger {

    /** Who could not ask again for so many cycles is waited for no longer. */
    private static final int WISH_CYCLES = 5;

    private final Duration interval;
    private final Map<JobKey, Wish> wishes = new HashMap<>();
    private final Map<JobKey, Promise> promises = new HashMap<>();

    /** Of a job that wants more than it has been given. */
    private record Wish(Claim claim, Headroom headroom, Instant since, Instant latest) {

        /** The highest priority first, and whoever waits longest among equals. */
        static final Comparator<Wish> IN_ORDER = Comparator.comparing((Wish wish) -> -wish.claim.priority())
                .thenComparing(Wish::since)
                .thenComparing(wish -> wish.claim.job());
    }

    /**
     * Containers that are not in the figures yet.
     *
     * @param before how many its application had in the figures, and was promised before
     */
    private record Promise(JobKey job, Promised promised, int before, Instant until) {

        Promised open(Headroom headroom) {
            Integer now = headroom.containers().get(job.applicationId());
            int come = now == null ? 0 : Math.max(0, now - before);
            return new Promised(promised.scopes(), promised.container(), Math.max(0, promised.count() - come));
        }
    }

    /**
     * The answer to a claim.
     *
     * @param containers as many as are promised now
     * @param limit why there are not more, for people; of no meaning where all are granted
     */
    record Grant(int containers, String limit) {}

    /** @param interval of the cycles */
    RoomLedger(Duration interval) {
        this.interval = interval;
    }

    /** The applications for which something is promised. */
    synchronized Set<String> applications() {
        return promises.keySet().stream().map(JobKey::applicationId).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Promises what there is room for. A later claim of a job takes the place of an earlier one.
     *
     * @param headroom of the job now
     */
    synchronized Grant ask(Claim claim, Headroom headroom, Instant now) {
        expire(now);
        promises.remove(claim.job());
        Wish before = wishes.get(claim.job());
        Wish wish = new Wish(claim, headroom, before == null ? now : before.since(), now);
        wishes.put(claim.job(), wish);

        List<Promised> taken = promised(headroom);
        Amount container = headroom.rounded(claim.container());
        int inFront = reserveForThoseBefore(wish, taken);
        Fit fit = headroom.fits(container, taken);
        if (before == null && fit.containers() > 0 && fit.containers() < 2L * claim.containers()) {
            return new Grant(
                    0,
                    "it would take most of what is left, and waits one cycle for jobs of a higher priority (its own is "
                            + claim.priority() + "): " + fit.limit());
        }
        int granted = Math.min(claim.containers(), fit.containers());
        String limit = inFront == 0 ? fit.limit() : fit.limit() + "; " + inFront + " jobs are served before it";
        if (granted == 0 || (granted < claim.containers() && !claim.cut())) {
            return new Grant(0, limit);
        }
        wishes.remove(claim.job());
        promise(claim, headroom, container, granted, now);
        return new Grant(granted, limit);
    }

    /** What a job really takes of what it was promised. */
    synchronized void settle(JobKey job, int containers) {
        promises.computeIfPresent(
                job,
                (key, promise) -> containers == 0
                        ? null
                        : new Promise(
                                key,
                                new Promised(
                                        promise.promised().scopes(),
                                        promise.promised().container(),
                                        containers),
                                promise.before(),
                                promise.until()));
    }

    /** A job does not want more than it has any longer. What it was promised may still be on its way. */
    synchronized void content(JobKey job) {
        wishes.remove(job);
    }

    /** A job that takes nothing of what it was promised. */
    synchronized void withdraw(JobKey job) {
        wishes.remove(job);
        promises.remove(job);
    }

    private void expire(Instant now) {
        wishes.values().removeIf(wish -> now.isAfter(wish.latest().plus(interval.multipliedBy(WISH_CYCLES))));
        promises.values().removeIf(promise -> now.isAfter(promise.until()));
    }

    private List<Promised> promised(Headroom headroom) {
        return promises.values().stream()
                .map(promise -> promise.open(headroom))
                .filter(promised -> promised.count() > 0)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Adds what those that are served first would get now.
     *
     * @return how many they are
     */
    private int reserveForThoseBefore(Wish own, List<Promised> taken) {
        int jobs = 0;
        for (Wish first : wishes.values().stream().sorted(Wish.IN_ORDER).toList()) {
            if (first.equals(own)) {
                break;
            }
            Amount container = first.headroom().rounded(first.claim().container());
            int wanted = first.claim().containers();
            // It asked before there was the room that this one has found.
            Headroom now = first.headroom().refreshedBy(own.headroom());
            int fitting = Math.min(wanted, now.fits(container, taken).containers());
            if (fitting > 0 && (fitting == wanted || first.claim().cut())) {
                taken.add(new Promised(first.headroom().scopes(), container, fitting));
                jobs++;
            }
        }
        return jobs;
    }

    private void promise(Claim claim, Headroom headroom, Amount container, int containers, Instant now) {
        String application = claim.job().applicationId();
        // What other jobs of the same session were promised comes first, and must not be taken for what this one gets.
        int others = promises.values().stream()
                .filter(promise -> promise.job().applicationId().equals(application))
                .mapToInt(promise -> promise.open(headroom).count())
                .sum();
        Integer has = headroom.containers().get(application);
        promises.put(
                claim.job(),
                new Promise(
                        claim.job(),
                        new Promised(headroom.scopes(), container, containers),
                        has == null ? Integer.MAX_VALUE : has + others,
                        now.plus(claim.patience())));
    }
}
