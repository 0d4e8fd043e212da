package io.flinkyarn.autoscaler.control;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.flinkyarn.autoscaler.control.CycleListener.Cycle;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.Roster.Member;
import io.flinkyarn.autoscaler.control.Schedule.Due;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the jobs of every cluster and takes each through its ticks. Made and closed by the daemon.
 *
 * <p>Each cluster is listed on its own thread and has its own {@link Schedule}, so that one that hangs delays no other. One thread beats: it asks
 * the schedules which jobs are due and hands them to the workers. {@link #start} and {@link #close} belong to one thread.
 */
public final class ControlLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

    /** How long a tick under way may go on after the stop: longer than one request takes. */
    private static final Duration GRACE = Duration.ofSeconds(12);

    /** How long what was interrupted, or does not belong to a job, may take to end. */
    private static final Duration LAST_GRACE = Duration.ofSeconds(3);

    /** How often within an interval it is looked for jobs that are due. */
    private static final int BEATS = 50;

    private final Ports ports;
    private final Map<String, Schedule> schedules;
    private final Roster roster = new Roster();
    private final Map<String, ClusterListing> clusters;
    private final List<Chore> chores;
    private final CycleListener listener;
    private final ExecutorService workers;
    private final Map<String, ScheduledExecutorService> listing = new ConcurrentHashMap<>();
    private final List<ScheduledExecutorService> beating = new ArrayList<>();
    private volatile Instant lastBeat;

    /**
     * @param fetchers one per cluster, of different names
     * @param parallelism how many jobs of one cluster may be worked on at once
     */
    public ControlLoop(
            Ports ports, List<JobListFetcher> fetchers, int parallelism, List<Chore> chores, CycleListener listener) {
        this(ports, fetchers, parallelism, chores, listener, Executors.newCachedThreadPool(named("tick")));
    }

    ControlLoop(
            Ports ports,
            List<JobListFetcher> fetchers,
            int parallelism,
            List<Chore> chores,
            CycleListener listener,
            ExecutorService workers) {
        this.ports = ports;
        this.schedules = fetchers.stream()
                .collect(toUnmodifiableMap(
                        JobListFetcher::cluster, fetcher -> new Schedule(ports.interval(), parallelism)));
        this.clusters = fetchers.stream().collect(toUnmodifiableMap(JobListFetcher::cluster, this::listing));
        this.chores = List.copyOf(chores);
        this.listener = listener;
        this.workers = workers;
        this.lastBeat = ports.clock().instant();
    }

    private ClusterListing listing(JobListFetcher fetcher) {
        return new ClusterListing(
                fetcher, ports.board(), ports.clock(), (listing, back) -> listed(fetcher.cluster(), listing, back));
    }

    /** Returns at once; the work is done on threads of the loop. */
    public void start() {
        Duration interval = ports.interval();
        clusters.forEach((name, cluster) -> listing.put(name, repeat("list-" + name, cluster::run, interval)));
        for (Chore chore : chores) {
            beating.add(repeat(chore.name(), chore.work(), chore.every()));
        }
        beating.add(repeat("beat", this::beat, interval.dividedBy(BEATS)));
    }

    /** When it was last looked for jobs that are due; this happens many times in an interval. */
    public Instant lastBeat() {
        return lastBeat;
    }

    /** Starts on the jobs that are due now. */
    void beat() {
        lastBeat = ports.clock().instant();
        schedules.values().forEach(this::beat);
    }

    private void beat(Schedule schedule) {
        for (Due due : schedule.start(ports.clock().instant())) {
            try {
                workers.execute(() -> tick(due));
            } catch (RejectedExecutionException e) {
                // The loop is being closed.
                schedule.finished(due.job(), ports.clock().instant());
            }
        }
    }

    /** Lists every cluster once, one after the other, on this thread. */
    void list() {
        clusters.values().forEach(ClusterListing::run);
    }

    private void tick(Due due) {
        JobKey key = due.job();
        Schedule schedule = schedule(key.cluster());
        Instant start = ports.clock().instant();
        try {
            roster.find(key).ifPresent(this::run);
        } finally {
            Instant end = ports.clock().instant();
            listener.ran(new Cycle(key, due.late(), due.skipped(), Duration.between(start, end), end));
            schedule.finished(key, ports.clock().instant());
            if (roster.find(key).isEmpty()) {
                // It was dropped while it was worked on, and has put itself on the board again.
                ports.board().forget(key);
            }
            beat(schedule);
        }
    }

    private void run(Member member) {
        boolean lost = member.tick().run(member.job());
        ClusterListing cluster = cluster(member.job().key().cluster());
        if (lost && cluster.doubt()) {
            listSoon(cluster);
        }
    }

    /** Where a job was lost by a failover, all are found again now and not some cycles later. It is up to the fetcher how often it asks. */
    private void listSoon(ClusterListing cluster) {
        ScheduledExecutorService timer = listing.get(cluster.cluster());
        if (timer != null) {
            try {
                timer.execute(cluster::run);
            } catch (RejectedExecutionException e) {
                LOG.debug("the loop is being closed: {} is not listed again", cluster.cluster());
            }
        }
    }

    private ClusterListing cluster(String name) {
        return Objects.requireNonNull(clusters.get(name));
    }

    private Schedule schedule(String cluster) {
        return Objects.requireNonNull(schedules.get(cluster));
    }

    private void listed(String cluster, Listing listing, boolean back) {
        for (JobAutoScalerContext job : listing.jobs()) {
            if (roster.find(job.key()).isEmpty()) {
                LOG.info("found {} {}", job.jobName(), job.key());
                ports.board().show(JobView.unknown(job));
            }
        }
        ports.commons().listed(cluster, listing.jobs());
        Schedule schedule = schedule(cluster);
        for (JobAutoScalerContext gone : roster.listed(cluster, listing.jobs(), back, ports)) {
            LOG.info("gone {} {}; what is stored of it stays", gone.jobName(), gone.key());
            schedule.remove(gone.key());
            ports.board().forget(gone.key());
            ports.collector().forget(gone);
            ports.commons().forget(gone.key());
        }
        listing.jobs().forEach(job -> schedule.add(job.key(), ports.clock().instant()));
    }

    /**
     * Starts no more ticks, and lets those under way end; what has not ended after some seconds is interrupted. Whatever may be
     * writing to the store is not interrupted before: H2 closes its file when that happens.
     */
    @Override
    public void close() {
        schedules.values().forEach(Schedule::stop);
        listing.values().forEach(ExecutorService::shutdownNow);
        beating.forEach(ExecutorService::shutdown);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a job is still being worked on after {} s; it is interrupted", GRACE.toSeconds());
                workers.shutdownNow();
                workers.awaitTermination(LAST_GRACE.toSeconds(), TimeUnit.SECONDS);
            }
            for (ExecutorService timer : beating) {
                timer.awaitTermination(LAST_GRACE.toSeconds(), TimeUnit.SECONDS);
            }
            for (ExecutorService timer : listing.values()) {
                timer.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledExecutorService repeat(String name, Runnable work, Duration pause) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named(name));
        // A timer forgets a task that throws.
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("defect of the autoscaler in {}", name, e);
            }
        };
        var unused = timer.scheduleWithFixedDelay(guarded, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return timer;
    }

    /** Threads that do not keep the process alive: a fetcher that hangs must not. */
    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
