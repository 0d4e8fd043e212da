package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.HeadroomSource;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Rounding;
import io.flinkyarn.autoscaler.yarn.Figures.Node;
import io.flinkyarn.autoscaler.yarn.Figures.Queue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * What a YARN cluster could still give to an application: its queue and those above it up to their maximum, its user up to the limit that users have
 * there, and the nodes. The figures are asked for once per list interval, and only if somebody wants to know; a failure is good for as long. Any thread may call it; whoever comes
 * while they are being asked for waits for the answer.
 */
final class YarnRoom implements HeadroomSource {

    private static final String FAIR_STEP_MB = "yarn.scheduler.increment-allocation-mb";
    private static final String FAIR_STEP_VCORES = "yarn.scheduler.increment-allocation-vcores";
    private static final String CALCULATOR = "yarn.scheduler.capacity.resource-calculator";

    private final FiguresSource source;
    private final SchedulerPages pages;
    private final Rounding rounding;
    private final boolean vcoresCount;
    private final Duration interval;
    private final Clock clock;

    /** Guarded by this object, as all that follow. */
    private Optional<Figures> figures = Optional.empty();

    private UserLimits userLimits = UserLimits.of(List.of());
    private Optional<UnreachableException> failure = Optional.empty();
    private final Map<String, Integer> containers = new HashMap<>();
    private Instant asked = Instant.MIN;
    private Instant due = Instant.MIN;

    /**
     * @param rounding of the cluster's scheduler
     * @param vcoresCount whether the scheduler counts vcores, as far as is known
     * @param interval how long figures are good
     */
    YarnRoom(
            FiguresSource source,
            SchedulerPages pages,
            Rounding rounding,
            boolean vcoresCount,
            Duration interval,
            Clock clock) {
        this.source = source;
        this.pages = pages;
        this.rounding = rounding;
        this.vcoresCount = vcoresCount;
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * @param configuration of the cluster, as {@link HadoopConfDir} reads it: it tells how the scheduler rounds, and perhaps whether it counts
     *     vcores; where it does not, they count
     */
    static YarnRoom of(
            FiguresSource source, SchedulerPages pages, Configuration configuration, Duration interval, Clock clock) {
        Amount least = new Amount(
                configuration.getLong(
                        YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB,
                        YarnConfiguration.DEFAULT_RM_SCHEDULER_MINIMUM_ALLOCATION_MB),
                configuration.getLong(
                        YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_VCORES,
                        YarnConfiguration.DEFAULT_RM_SCHEDULER_MINIMUM_ALLOCATION_VCORES));
        boolean fair = configuration.get(YarnConfiguration.RM_SCHEDULER, "").endsWith("FairScheduler");
        Amount step = fair
                ? new Amount(configuration.getLong(FAIR_STEP_MB, 1024), configuration.getLong(FAIR_STEP_VCORES, 1))
                : least;
        boolean vcoresCount = !configuration.get(CALCULATOR, "").endsWith("DefaultResourceCalculator");
        return new YarnRoom(source, pages, new Rounding(least, step), vcoresCount, interval, clock);
    }

    @Override
    public synchronized Headroom headroom(JobAutoScalerContext job, Set<String> applications)
            throws UnreachableException, InterruptedException {
        Application application =
                job.application().orElseThrow(() -> unknown("it is not known in which queue " + job.key() + " runs"));
        Set<String> counted = new HashSet<>(applications);
        counted.add(job.key().applicationId());
        refresh(counted);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return headroom(application, figures.orElseThrow());
    }

    private void refresh(Collection<String> applications) throws InterruptedException {
        Instant now = clock.instant();
        boolean good = !now.isBefore(asked) && now.isBefore(due);
        try {
            if (!good) {
                containers.clear();
                figures = Optional.empty();
                failure = Optional.empty();
            }
            // Before the figures: a container that comes in between is then counted twice, and not left out.
            for (String application : applications) {
                if (failure.isEmpty() && !containers.containsKey(application)) {
                    source.containers(application).ifPresent(count -> containers.put(application, count));
                }
            }
            if (!good) {
                figures = Optional.of(source.figures());
                userLimits = pages.ask();
            }
        } catch (UnreachableException e) {
            failure = Optional.of(e);
        }
        if (!good) {
            asked = now;
            due = now.plus(interval);
        }
    }

    private Headroom headroom(Application application, Figures now) throws UnreachableException {
        boolean vcores = vcoresCount && !now.ignoresVcores();
        List<Bound> bounds = new ArrayList<>();
        Amount all = now.all();
        Queue own = own(application.queue(), now);
        for (Queue limit : upwards(own, now)) {
            if (limit.label().isPresent()) {
                throw unknown("queue " + limit.path() + " puts containers on nodes with the label "
                        + limit.label().get() + ", and only the room of nodes without a label is known");
            }
            limit.max(all).ifPresent(max -> bounds.add(bound(limit, max, vcores)));
        }
        userLimits.bound(own.path(), application.user(), all, vcores).ifPresent(bounds::add);
        return new Headroom(
                bounds,
                now.nodes().stream()
                        .map(Node::free)
                        .map(free -> counted(free, vcores))
                        .toList(),
                rounding,
                containers,
                userLimits.largest(own.path(), vcores),
                userLimits.caveat(own.path(), all));
    }

    private static Bound bound(Queue queue, Amount max, boolean vcores) {
        Amount left = counted(max.minus(queue.used()), vcores);
        String sentence =
                "queue " + queue.path() + " uses " + print(queue.used(), vcores) + " of at most " + print(max, vcores);
        return new Bound("queue " + queue.path(), left, sentence);
    }

    private static Queue own(String queue, Figures now) throws UnreachableException {
        return now.queues().stream()
                .filter(q -> q.is(queue))
                .findFirst()
                .or(() -> byLastName(queue, now))
                .orElseThrow(() -> unknown("YARN tells nothing about queue " + queue));
    }

    /** The queue itself and those above it, but for the root. */
    private static List<Queue> upwards(Queue own, Figures now) {
        return now.queues().stream()
                .filter(candidate ->
                        own.path().equals(candidate.path()) || own.path().startsWith(candidate.path() + "."))
                .toList();
    }

    /** Of two queues that end alike, none is meant for sure. */
    private static Optional<Queue> byLastName(String queue, Figures now) {
        List<Queue> alike = now.queues().stream()
                .filter(q -> lastName(q.path()).equals(lastName(queue)))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** What counts of it. */
    static Amount counted(Amount amount, boolean vcores) {
        return vcores ? amount : new Amount(amount.memoryMb(), Integer.MAX_VALUE);
    }

    /** For people. */
    static String print(Amount amount, boolean vcores) {
        return vcores ? amount.toString() : amount.memoryMb() + " MiB";
    }

    private static UnreachableException unknown(String why) {
        return new UnreachableException(Category.MALFORMED, why);
    }
}
