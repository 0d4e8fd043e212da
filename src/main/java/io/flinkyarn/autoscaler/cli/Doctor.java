package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Cluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FlinkCluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.flink.Probe;
import io.flinkyarn.autoscaler.flink.RestMetricsCollector;
import io.flinkyarn.autoscaler.yarn.HadoopConfDirException;
import io.flinkyarn.autoscaler.yarn.ResourceManagers;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes the whole way to one cluster and one of its jobs, step by step, and says of each step whether it is open. Changes nothing. What lies behind a step that
 * is closed is not tried.
 */
final class Doctor {

    /** More than Flink keeps an answer, and so much that samples and rescales could be put in the wrong order. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final Clock clock;
    private final Consumer<Finding> findings;

    /** @param findings is told of each step when it is done */
    Doctor(Map<String, String> environment, Clock clock, Consumer<Finding> findings) {
        this.environment = environment;
        this.clock = clock;
        this.findings = findings;
    }

    /** A cluster of its own, so that one whose configuration is wrong is not in the way of the others. */
    void examine(Cluster cluster) throws InterruptedException {
        String name = cluster.name().orElse(cluster instanceof FlinkCluster ? "flink" : "yarn");
        Closing closing = new Closing();
        try {
            Optional<ResourceManagers> managers =
                    cluster instanceof Yarn yarn ? Optional.of(managers(name, yarn)) : Optional.empty();
            Clusters open = Clusters.open(List.of(cluster), environment, new RequestLog(), clock, closing);
            JobListFetcher fetcher = open.fetchers().get(0);
            Probe probe = new Probe(open.rest(), clock);
            Optional<Listing> listing = list(name, fetcher);
            if (managers.isPresent()) {
                pages(name, managers.get(), probe);
            }
            if (fetcher.headroom().isPresent()) {
                QueueExamination queues =
                        new QueueExamination(name, fetcher.headroom().get());
                queues.examine(listing.map(Listing::jobs).orElse(List.of())).forEach(findings);
            }
            job(name, listing, new RestMetricsCollector(open.rest(), clock), probe);
        } catch (Refusal e) {
            findings.accept(Finding.failed(name + ", configuration", String.join("; ", e.lines())));
        } catch (HadoopConfDirException e) {
            findings.accept(Finding.failed(name + ", configuration", String.valueOf(e.getMessage())));
        } finally {
            closing.close();
        }
    }

    private ResourceManagers managers(String name, Yarn yarn) throws HadoopConfDirException {
        ResourceManagers managers = ResourceManagers.read(yarn.hadoopConfDir(), Clusters.account(yarn));
        findings.accept(Finding.ok(
                name + ", configuration",
                yarn.hadoopConfDir() + " names the ResourceManager at " + String.join(" and ", managers.calls())));
        Stream.concat(
                        managers.calls().stream().map(address -> address.replaceFirst(":\\d+$", "")),
                        managers.pages().stream().map(URI::getHost))
                .distinct()
                .forEach(host -> findings.accept(resolve(name + ", DNS", host)));
        return managers;
    }

    private static Finding resolve(String subject, String host) {
        try {
            return Finding.ok(
                    subject, host + " is " + InetAddress.getByName(host).getHostAddress());
        } catch (UnknownHostException e) {
            return Finding.failed(
                    subject,
                    "the host " + host + " is unknown here: check its name in yarn-site.xml, and the name service of"
                            + " this machine");
        }
    }

    private Optional<Listing> list(String name, JobListFetcher fetcher) throws InterruptedException {
        Listing listing = fetcher.fetch();
        String subject = name + ", login and listing";
        String problems = listing.problems().stream()
                .map(problem -> problem.subject().equals(fetcher.cluster())
                        ? problem.message()
                        : problem.subject() + ": " + problem.message())
                .collect(Collectors.joining("; "));
        if (!listing.complete()) {
            findings.accept(Finding.failed(subject, problems));
            return Optional.empty();
        }
        findings.accept(Finding.ok(
                subject,
                listing.applications().size() + " applications and "
                        + listing.jobs().size()
                        + " jobs to look after; 'list' prints them, and those that are left out"));
        for (Problem problem : listing.problems()) {
            findings.accept(Finding.failed(name + ", " + problem.subject(), problem.message()));
        }
        return Optional.of(listing);
    }

    private void pages(String name, ResourceManagers managers, Probe probe) throws InterruptedException {
        for (URI page : managers.pages()) {
            String subject = name + ", web application " + page;
            try {
                // A server of the cluster, as its proxy is: one that may ask for Kerberos.
                findings.accept(Finding.ok(subject, probe.resourceManager(new RestEndpoint(name, page, Way.PROXY))));
            } catch (UnreachableException e) {
                findings.accept(Finding.failed(subject, e.getMessage()));
            }
        }
    }

    private void job(String name, Optional<Listing> listing, RestMetricsCollector collector, Probe probe)
            throws InterruptedException {
        Optional<JobAutoScalerContext> running = listing.stream()
                .flatMap(found -> found.jobs().stream())
                .filter(JobAutoScalerContext::isRunning)
                .findFirst();
        if (running.isEmpty()) {
            String why = listing.isEmpty() ? "as the cluster could not be listed" : "as there is no running job to ask";
            findings.accept(Finding.notTried(name + ", GET, metrics, PUT, clock", why));
            return;
        }
        JobAutoScalerContext job = running.get();
        String of = " of " + job.jobName() + " at " + job.rest().base();
        try {
            JobFacts facts = collector.facts(job);
            findings.accept(
                    Finding.ok(
                            name + ", GET" + of,
                            "Flink " + facts.flinkVersion()
                                    + (facts.rescalable()
                                            ? ", which can rescale it in place"
                                            : ", which cannot rescale it in place (jobmanager.scheduler: adaptive is needed)")));
            findings.accept(Finding.ok(
                    name + ", metrics" + of,
                    collector
                            .collect(job, facts)
                            .match(
                                    taken -> "complete, of "
                                            + taken.sample().graph().size() + " vertices",
                                    notReady -> "answered, and not ready yet: " + notReady.why())));
            findings.accept(Finding.ok(name + ", PUT" + of, probe.put(job)));
            findings.accept(clock(name + ", clock" + of, probe.clockAhead(job)));
        } catch (UnreachableException e) {
            findings.accept(Finding.failed(name + ", job" + of, e.getMessage()));
        }
    }

    private static Finding clock(String subject, Duration ahead) {
        String text = "differs from ours by " + ahead.toMillis() + " ms at least";
        return ahead.abs().compareTo(CLOCKS_DIFFER) <= 0
                ? Finding.ok(subject, ahead.isZero() ? "does not differ from ours" : text)
                : Finding.failed(subject, text + ": set both by NTP");
    }
}
