package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.JobListFetcher.Listing;
import io.flinkyarn.autoscaler.control.JobListFetcher.PassedOver;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.MetricsCollector;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who asks a cluster once is told of it. */
class CensusTest {

    private static final RestEndpoint REST = new RestEndpoint("prod", URI.create("http://rm:8088/proxy/a/"));
    private static final Application ORDERS = new Application("orders", "root.a", "alice", Set.of("autoscale"));

    private final Map<String, JobFacts> facts = new HashMap<>();
    private PolicyReader policies = PolicyReader.withoutDefaults(ZoneOffset.UTC);

    @Test
    void every_job_is_told_with_its_mode_and_what_is_not_looked_after_with_the_reason() throws Exception {
        facts.put("a1", facts("1.20.5", true, Map.of("job.autoscaler.enabled", "true")));
        facts.put("a2", facts("2.3.0", true, Map.of()));
        facts.put("a3", facts("1.17.2", false, Map.of("job.autoscaler.enabled", "true")));
        facts.put("a4", facts("1.20.5", true, Map.of("job.autoscaler.enabled", "perhaps")));
        Listing listing = new Listing(
                List.of(job("a1"), job("a2"), job("a3"), job("a4"), job("a5")),
                List.of(
                        new ListedApplication("application_1_0002", Optional.of(ORDERS), false),
                        new ListedApplication("application_1_0001", Optional.of(ORDERS), true)),
                List.of(),
                List.of(new Problem("application_1_0002", "its pages are not to be had")),
                true);

        assertThat(CensusText.lines(take(listing)))
                .containsExactly(
                        "cluster prod: 2 applications, 5 jobs",
                        "  application_1_0001 orders, queue root.a, user alice, tags autoscale",
                        "    job job a1 (a1), RUNNING, Flink 1.20.5: scaling",
                        "    job job a2 (a2), RUNNING, Flink 2.3.0: not enabled, because job.autoscaler.enabled is not true",
                        "    job job a3 (a3), RUNNING, Flink 1.17.2: recommendations only, because Flink cannot rescale it in place:"
                                + " set jobmanager.scheduler: adaptive, with Flink 1.18 or later",
                        "    job job a4 (a4), RUNNING, Flink 1.20.5: its options are invalid, because job.autoscaler.enabled = 'perhaps'"
                                + " (configuration of the Flink job): expected true or false",
                        "    job job a5 (a5), RUNNING: not read yet, because no answer",
                        "  application_1_0002 orders, queue root.a, user alice, tags autoscale",
                        "    cannot be read: its pages are not to be had",
                        "  application_1_0009 orders, queue root.a, user alice, tags autoscale: not looked after, because it is excluded");
        assertThat(CensusText.sum(List.of(take(listing))))
                .isEqualTo(
                        "jobs: 1 its options are invalid, 1 not enabled, 1 not read yet, 1 recommendations only, 1 scaling");
    }

    @Test
    void a_cluster_that_does_not_answer_says_why() throws Exception {
        Listing away = Listing.empty(List.of(new Problem("prod", "rm:8032: connection refused")), false);
        assertThat(CensusText.lines(take(away)))
                .containsExactly("cluster prod: NOT REACHABLE: rm:8032: connection refused");
    }

    @Test
    void a_job_is_told_with_its_policies_and_the_cap_that_keeps_it_from_being_scaled(@TempDir Path directory)
            throws Exception {
        Path file = Files.writeString(directory.resolve("autoscaler.yaml"), """
                policies:
                  - {name: everyone, mode: scale}
                  - {name: watched, queues: [a], cap.mode: observe}
                """);
        policies = ConfigurationReader.read(file, Map.of("HADOOP_CONF_DIR", "/c"), List.of(), ZoneOffset.UTC)
                .match(valid -> valid.policies(), invalid -> fail("" + invalid.problems()));
        facts.put("a1", facts("1.20.5", true, Map.of()));
        Listing listing = new Listing(
                List.of(job("a1")),
                List.of(new ListedApplication("application_1_0001", Optional.of(ORDERS), true)),
                List.of(),
                List.of(),
                true);

        assertThat(CensusText.lines(take(listing)))
                .contains(
                        "    job job a1 (a1), RUNNING, Flink 1.20.5: recommendations only (policies everyone, watched),"
                                + " because job.autoscaler.scaling.enabled is false: cap of policy watched, " + file
                                + ", line 3");
    }

    private static JobAutoScalerContext job(String id) {
        return new JobAutoScalerContext(
                new JobKey("prod", "application_1_0001", id), "job " + id, "RUNNING", REST, Optional.of(ORDERS));
    }

    private static JobFacts facts(String version, boolean rescalable, Map<String, String> configuration) {
        return new JobFacts(version, rescalable, configuration);
    }

    private Census take(Listing listing) throws InterruptedException {
        JobListFetcher fetcher = new JobListFetcher() {
            @Override
            public String cluster() {
                return "prod";
            }

            @Override
            public Listing fetch() {
                return listing;
            }

            @Override
            public List<PassedOver> passedOver() {
                return List.of(new PassedOver("application_1_0009", ORDERS, "it is excluded"));
            }

            @Override
            public void close() {}
        };
        MetricsCollector collector = new MetricsCollector() {
            @Override
            public JobFacts facts(JobAutoScalerContext job) throws UnreachableException {
                JobFacts known = facts.get(job.key().jobId());
                if (known == null) {
                    throw new UnreachableException(Category.NO_ANSWER, "no answer");
                }
                return known;
            }

            @Override
            public Sampling collect(JobAutoScalerContext job, JobFacts facts) {
                throw new AssertionError("nobody samples a job that is only listed");
            }

            @Override
            public void forget(JobAutoScalerContext job) {}
        };
        return Census.take(fetcher, collector, (job, ofJob, ordered) -> policies.read(job.description(), ofJob));
    }
}
