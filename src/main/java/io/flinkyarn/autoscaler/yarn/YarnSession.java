package io.flinkyarn.autoscaler.yarn;

import static io.flinkyarn.autoscaler.yarn.RunningApplication.NOT_AVAILABLE;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.jspecify.annotations.Nullable;

/**
 * The connection with the ResourceManager of one cluster, or with the active one of several. Made when the fetcher is opened;
 * connects when it is first asked, and again by itself.
 *
 * <p>Hadoop's client can hang in ways that its own time-outs do not cover (name lookups, a login), so all calls run on a thread of
 * this session, and whoever asks waits for no longer than the deadline. Any thread may call.
 */
final class YarnSession implements ApplicationSource, FiguresSource {

    private final YarnConfiguration configuration;
    private final Duration deadline;
    private final CallFailure failure;
    private final RequestLog requests;
    private final String name;
    private final Identity identity;
    private final ExecutorService caller;
    /** Touched by the thread of {@link #caller} alone. */
    private @Nullable YarnClient client;

    /**
     * @param name of the cluster
     * @param configuration as {@link HadoopConfDir} reads it
     * @param identity as whom the calls are made
     * @param deadline of one call, seen by whoever asks
     * @param requests counts the calls
     */
    YarnSession(
            String name, YarnConfiguration configuration, Identity identity, Duration deadline, RequestLog requests) {
        this.name = name;
        this.requests = requests;
        this.identity = identity;
        this.configuration = configuration;
        this.deadline = deadline;
        this.failure = new CallFailure(configuration);
        this.caller = Executors.newSingleThreadExecutor(DaemonThreads.named("yarn-" + name));
    }

    @Override
    public ReportedApplications list(ApplicationFilter filter) throws UnreachableException, InterruptedException {
        return call("getApplications", "list applications", () -> ask(filter));
    }

    @Override
    public Fate fate(String applicationId) throws UnreachableException, InterruptedException {
        return call("getApplicationReport", "report on " + applicationId, () -> ask(applicationId));
    }

    @Override
    public Figures figures() throws UnreachableException, InterruptedException {
        List<Figures.Node> nodes =
                call("getClusterNodes", "report on its nodes", () -> ClusterFigures.nodes(connected()));
        return new Figures(
                call("getQueueInfo", "report on its queues", () -> ClusterFigures.queues(connected())), nodes);
    }

    @Override
    public OptionalInt containers(String applicationId) throws UnreachableException, InterruptedException {
        return call(
                "getApplicationReport",
                "report on " + applicationId,
                () -> ClusterFigures.containers(connected(), applicationId));
    }

    private <T> T call(String route, String purpose, PrivilegedExceptionAction<T> question)
            throws UnreachableException, InterruptedException {
        long start = System.nanoTime();
        String outcome = "no_answer";
        Future<T> answer = caller.submit(() -> identity.act(question));
        try {
            T result = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            outcome = "ok";
            return result;
        } catch (ExecutionException e) {
            outcome = "failed";
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw failure.explain(purpose, e);
        } catch (TimeoutException e) {
            throw failure.late(deadline, e);
        } finally {
            answer.cancel(true);
            requests.add(
                    new RequestLog.Request(name, Way.RPC, "RPC", route, outcome),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Does not wait for a call that hangs. */
    @Override
    public void close() {
        caller.execute(this::disconnect);
        caller.shutdown();
    }

    private ReportedApplications ask(ApplicationFilter filter) throws IOException, YarnException {
        GetApplicationsRequest request = GetApplicationsRequest.newInstance(
                filter.types(), EnumSet.of(YarnApplicationState.RUNNING, YarnApplicationState.ACCEPTED));
        request.setApplicationTags(filter.tagsToAskFor());
        request.setUsers(filter.usersToAskFor());
        List<ApplicationReport> reports = connected().getApplications(request);
        return new ReportedApplications(
                in(YarnApplicationState.RUNNING, reports).map(YarnSession::read).toList(),
                in(YarnApplicationState.ACCEPTED, reports)
                        .map(report -> report.getApplicationId().toString())
                        .collect(toUnmodifiableSet()));
    }

    private static Stream<ApplicationReport> in(YarnApplicationState state, List<ApplicationReport> reports) {
        return reports.stream().filter(report -> report.getYarnApplicationState() == state);
    }

    private Fate ask(String applicationId) throws IOException, YarnException {
        ApplicationId id;
        try {
            id = ApplicationId.fromString(applicationId);
        } catch (IllegalArgumentException e) {
            // history that was taken over stands under an application that is none of YARN
            return new Fate.Unknown();
        }
        try {
            return fate(connected().getApplicationReport(id));
        } catch (ApplicationNotFoundException e) {
            return new Fate.Unknown();
        }
    }

    private YarnClient connected() {
        if (client == null) {
            YarnClient fresh = YarnClient.createYarnClient();
            fresh.init(configuration);
            fresh.start();
            client = fresh;
        }
        return client;
    }

    private void disconnect() {
        if (client != null) {
            client.stop();
        }
    }

    private static RunningApplication read(ApplicationReport report) {
        return new RunningApplication(
                report.getApplicationId().toString(),
                text(report.getApplicationType()),
                text(report.getName()),
                text(report.getQueue()),
                text(report.getUser()),
                report.getApplicationTags(),
                text(report.getTrackingUrl()),
                text(report.getOriginalTrackingUrl()));
    }

    private static Fate fate(ApplicationReport report) {
        YarnApplicationState state = report.getYarnApplicationState();
        if (state != YarnApplicationState.FINISHED
                && state != YarnApplicationState.FAILED
                && state != YarnApplicationState.KILLED) {
            return new Fate.Alive(state == YarnApplicationState.RUNNING);
        }
        FinalApplicationStatus status = report.getFinalApplicationStatus();
        String result = status.name().equals(state.name()) || status == FinalApplicationStatus.UNDEFINED
                ? state.name()
                : state + ", " + status;
        String diagnostics = text(report.getDiagnostics()).lines().findFirst().orElse(NOT_AVAILABLE);
        return new Fate.Ended(
                diagnostics.equals(NOT_AVAILABLE) ? result : result + ": " + diagnostics.strip(),
                Instant.ofEpochMilli(report.getFinishTime()));
    }

    /** Of what a ResourceManager leaves out or blank, nothing is known. */
    private static String text(@Nullable String reported) {
        return reported == null || reported.isBlank() ? NOT_AVAILABLE : reported;
    }
}
