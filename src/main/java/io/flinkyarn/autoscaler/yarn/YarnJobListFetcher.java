package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.HeadroomSource;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.SchedulerPage;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * Finds the Flink jobs of one YARN cluster: asks the ResourceManager for the running applications, and each of them, at its tracking URL, for its
 * jobs. Made by the daemon, one per cluster; called by one thread at a time, as its port says.
 *
 * <p>The cluster is asked once per list interval; a few times sooner when what it said is in doubt, as after a failover; and more and more rarely
 * while it does not answer. An application that does not answer, or whose master has to register anew, keeps the jobs that it had; one that YARN
 * no longer reports is gone from the listing, and among its ends if YARN says so.
 */
public final class YarnJobListFetcher implements JobListFetcher {

    private static final String UNNAMED = "yarn";

    private final String cluster;
    private final YarnClusterSettings settings;
    private final ApplicationSource source;
    private final RestLogin restLogin;
    private final Optional<HeadroomSource> headroom;
    private final JobSurvey survey;
    private final Departures departures;
    private final Clock clock;
    private final RandomGenerator random;

    private Optional<Outage> outage = Optional.empty();
    private Listing latest = Listing.empty(List.of(), false);
    /** The latest listing is good from the one time, inclusive, to the other, exclusive. */
    private Instant asked = Instant.MIN;

    private Instant due = Instant.MIN;

    YarnJobListFetcher(
            String cluster,
            YarnClusterSettings settings,
            ApplicationSource source,
            RestLogin restLogin,
            Optional<HeadroomSource> headroom,
            ClusterJobs clusterJobs,
            Set<String> known,
            Clock clock,
            RandomGenerator random) {
        this.cluster = cluster;
        this.settings = settings;
        this.source = source;
        this.restLogin = restLogin;
        this.headroom = headroom;
        this.survey = new JobSurvey(cluster, settings, clusterJobs, random);
        this.departures = new Departures(source, known, settings.listInterval(), random);
        this.clock = clock;
        this.random = random;
    }

    /** One that knows of no earlier process, and of no pages. */
    public static YarnJobListFetcher open(
            YarnClusterSettings settings, ClusterJobs clusterJobs, RequestLog requests, Clock clock)
            throws HadoopConfDirException {
        return open(settings, clusterJobs, manager -> List.of(), cluster -> Set.of(), requests, clock);
    }

    /**
     * Reads the cluster's configuration; connects when the first listing is fetched.
     *
     * @param page asked for what the ResourceManager's protocol does not tell of queues
     * @param known of a cluster, the applications that an earlier process has listed, and not seen ending
     * @param requests counts what the ResourceManager is asked
     * @throws HadoopConfDirException if the configuration cannot be used
     */
    public static YarnJobListFetcher open(
            YarnClusterSettings settings,
            ClusterJobs clusterJobs,
            SchedulerPage page,
            Function<String, Set<String>> known,
            RequestLog requests,
            Clock clock)
            throws HadoopConfDirException {
        YarnConfiguration configuration =
                HadoopConfDir.read(settings.hadoopConfDir(), settings.deadline(), settings.login());
        Optional<KerberosIdentity> kerberos =
                settings.login().map(account -> KerberosIdentity.of(account, configuration, clock));
        Identity identity = kerberos.isPresent() ? kerberos.get() : new SimpleIdentity();
        String cluster =
                settings.name().orElseGet(() -> configuration.getTrimmed(YarnConfiguration.RM_CLUSTER_ID, UNNAMED));
        YarnSession session = new YarnSession(cluster, configuration, identity, settings.deadline(), requests);
        SchedulerPages pages = new SchedulerPages(
                page, cluster, ResourceManagers.of(configuration).pages());
        return new YarnJobListFetcher(
                cluster,
                settings,
                session,
                kerberos.isPresent() ? new Spnego(identity, clock) : RestLogin.NONE,
                Optional.of(YarnRoom.of(session, pages, configuration, settings.listInterval(), clock)),
                clusterJobs,
                known.apply(cluster),
                clock,
                RandomGenerator.getDefault());
    }

    @Override
    public String cluster() {
        return cluster;
    }

    /** What lets requests to the applications through its web proxy. */
    public RestLogin restLogin() {
        return restLogin;
    }

    @Override
    public Listing fetch() throws InterruptedException {
        Instant now = clock.instant();
        // A clock that was set back would otherwise stop the listing until it has caught up.
        boolean good = !now.isBefore(asked) && now.isBefore(due);
        if (!good) {
            latest = ask(now);
            asked = now;
        }
        return latest;
    }

    @Override
    public List<PassedOver> passedOver() throws UnreachableException, InterruptedException {
        return source.list(settings.filter().ofTypesAlone()).running().stream()
                .flatMap(application -> settings
                        .filter()
                        .objection(application)
                        .map(why -> new PassedOver(application.id(), application.description(), why))
                        .stream())
                .sorted(Comparator.comparing(PassedOver::id))
                .toList();
    }

    @Override
    public void doubt() {
        if (outage.isEmpty()) {
            askAt(asked.plus(settings.soon()));
        }
    }

    @Override
    public Optional<HeadroomSource> headroom() {
        return headroom;
    }

    @Override
    public void close() {
        survey.close();
        source.close();
    }

    private Listing ask(Instant now) throws InterruptedException {
        ReportedApplications reported;
        try {
            reported = source.list(settings.filter());
        } catch (UnreachableException e) {
            return away(e.getMessage());
        }
        outage = Optional.empty();
        due = now.plus(settings.listInterval());
        List<RunningApplication> ours =
                reported.running().stream().filter(settings.filter()::matches).toList();
        survey.survey(ours, reported.accepted(), now);
        survey.askSoon().ifPresent(this::askAt);
        departures.listed(
                survey.known().stream().map(ApplicationJobs::application).toList(), now);
        List<Problem> problems = survey.known().stream()
                .flatMap(application -> application.problem().stream())
                .toList();
        return listing(problems, true);
    }

    private void askAt(Instant earlier) {
        due = earlier.isBefore(due) ? earlier : due;
    }

    private Listing away(String message) {
        // After the call: one that has used up its whole deadline is not made again at once.
        Instant now = clock.instant();
        double chance = random.nextDouble();
        Outage current = outage.map(before -> before.again(now, settings.soon(), chance))
                .orElseGet(() -> Outage.begin(now, settings.soon(), chance));
        outage = Optional.of(current);
        due = current.due();
        String line = message + " (" + current.describe() + "; the jobs known before are kept)";
        return listing(List.of(new Problem(cluster, line)), false);
    }

    private Listing listing(List<Problem> problems, boolean complete) {
        List<ApplicationJobs> known = survey.known();
        return new Listing(
                known.stream()
                        .flatMap(application -> application.jobs().stream())
                        .sorted(Comparator.comparing(JobAutoScalerContext::key))
                        .toList(),
                Stream.concat(known.stream().map(ApplicationJobs::listed), departures.alive().stream())
                        .toList(),
                Stream.concat(
                                known.stream().flatMap(application -> application.ended().stream()),
                                departures.ended().stream())
                        .toList(),
                problems,
                complete);
    }
}
