package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.ClusterJobs.FoundJob;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.yarn.ApplicationJobs.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the applications of a cluster for their jobs, a few side by side, and remembers what each said last. Each has its own
 * failure: it keeps the jobs that it had, and is asked more and more rarely, so that what is broken takes no time from what works. Called by one
 * thread at a time.
 */
final class JobSurvey implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobSurvey.class);
    /** The web proxy through which they are asked serves four connections faster than sixteen. */
    private static final int SIDE_BY_SIDE = 4;

    private final String cluster;
    private final YarnClusterSettings settings;
    private final Addresses addresses;
    private final ClusterJobs clusterJobs;
    private final RandomGenerator random;
    private final ExecutorService askers;

    private Map<String, ApplicationJobs> known = Map.of();

    JobSurvey(String cluster, YarnClusterSettings settings, ClusterJobs clusterJobs, RandomGenerator random) {
        this.cluster = cluster;
        this.settings = settings;
        this.addresses = new Addresses(cluster, settings.approach());
        this.clusterJobs = clusterJobs;
        this.random = random;
        this.askers = Executors.newFixedThreadPool(SIDE_BY_SIDE, DaemonThreads.named("yarn-" + cluster + "-jobs"));
    }

    /** What is known of each application that the last survey was about. */
    List<ApplicationJobs> known() {
        return List.copyOf(known.values());
    }

    /** When one should be asked again before the next listing is due; empty where none should. */
    Optional<Instant> askSoon() {
        return known.values().stream()
                .flatMap(application -> application.askSoon().stream())
                .min(Comparator.naturalOrder());
    }

    /** Asks the applications that run, and forgets all others but those that are accepted once more: they are kept as they were. */
    void survey(List<RunningApplication> applications, Set<String> accepted, Instant now) throws InterruptedException {
        // What has failed before comes last: it is the first to miss the deadline that all have together.
        List<RunningApplication> asked = applications.stream()
                .filter(application -> !rests(application, now))
                .sorted(Comparator.comparing(this::isFailing))
                .toList();
        List<Callable<ApplicationJobs>> questions = new ArrayList<>(asked.size());
        for (RunningApplication application : asked) {
            ApplicationJobs before = before(application);
            questions.add(() -> ask(before, application, now));
        }
        List<Future<ApplicationJobs>> answers =
                askers.invokeAll(questions, settings.deadline().toMillis(), TimeUnit.MILLISECONDS);

        Map<String, ApplicationJobs> latest = new LinkedHashMap<>();
        for (RunningApplication application : applications) {
            ApplicationJobs before = known.get(application.id());
            if (before != null) {
                latest.put(application.id(), before);
            }
        }
        known.values().stream()
                .map(ApplicationJobs::application)
                .filter(application -> accepted.contains(application.id()))
                .forEach(application -> latest.put(application.id(), waiting(application, now)));
        for (int i = 0; i < asked.size(); i++) {
            RunningApplication application = asked.get(i);
            latest.put(application.id(), read(application, answers.get(i), now));
        }
        known = latest;
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }

    private boolean rests(RunningApplication application, Instant now) {
        return before(application).rests(application, now);
    }

    private boolean isFailing(RunningApplication application) {
        return before(application).failure().isPresent();
    }

    private ApplicationJobs before(RunningApplication application) {
        return known.getOrDefault(application.id(), ApplicationJobs.unknown(application));
    }

    /** Another way is tried where the one before leads to nobody; the last one leads through the proxy, which says best why. */
    private ApplicationJobs ask(ApplicationJobs before, RunningApplication application, Instant now)
            throws UnreachableException, InterruptedException {
        List<RestEndpoint> ways = addresses.of(application, before.way(), now);
        @Nullable UnreachableException failure = null;
        for (RestEndpoint rest : ways) {
            try {
                return told(application, rest, clusterJobs.list(rest));
            } catch (UnreachableException e) {
                if (failure == null || rest.isProxied()) {
                    failure = e;
                }
                if (isFlink(e.category())) {
                    break;
                }
                addresses.unanswered(rest, now);
            } catch (InterruptedException e) {
                addresses.unanswered(rest, now);
                throw e;
            }
        }
        throw Objects.requireNonNull(failure);
    }

    /** Whether Flink itself has answered, if only to refuse. */
    private static boolean isFlink(Category category) {
        return category == Category.REFUSED || category == Category.GONE;
    }

    private ApplicationJobs told(RunningApplication application, RestEndpoint rest, List<FoundJob> all) {
        return new ApplicationJobs(
                application,
                all.stream()
                        .filter(job -> !job.hasEnded())
                        .map(job -> context(application, rest, job))
                        .toList(),
                all.stream()
                        .filter(FoundJob::hasEnded)
                        .map(job -> job.end(application.id()))
                        .toList(),
                Optional.of(rest.way()),
                Optional.empty());
    }

    private JobAutoScalerContext context(RunningApplication application, RestEndpoint rest, FoundJob job) {
        return new JobAutoScalerContext(
                new JobKey(cluster, application.id(), job.jobId()),
                job.name(),
                job.status(),
                rest,
                Optional.of(application.description()));
    }

    private ApplicationJobs read(RunningApplication application, Future<ApplicationJobs> answer, Instant now)
            throws InterruptedException {
        String id = application.id();
        try {
            return answer.get();
        } catch (CancellationException e) {
            return failed(
                    application,
                    id + " has not told its jobs within the "
                            + settings.deadline().toMillis() + " ms that all applications of the cluster have together",
                    now);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreachableException unreachable) {
                return failed(application, unreachable.getMessage(), now);
            }
            log.error("asking {} for its jobs failed unexpectedly", id, e);
            return failed(application, id + " could not be asked for its jobs: " + Causes.sentence(e), now);
        }
    }

    private ApplicationJobs waiting(RunningApplication application, Instant now) {
        return failed(
                application.withoutAddress(),
                application.id()
                        + " is ACCEPTED and not RUNNING: its master has not registered with the ResourceManager that is active"
                        + " now, or its next attempt has not started",
                now);
    }

    private ApplicationJobs failed(RunningApplication application, String message, Instant now) {
        ApplicationJobs before = before(application);
        Duration pause = settings.soon();
        double chance = random.nextDouble();
        Outage outage = before.failure()
                .map(failure -> failure.outage().again(now, pause, chance))
                .orElseGet(() -> Outage.begin(now, pause, chance));
        return before.failed(application, new Failure(message, outage));
    }
}
