package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Decided;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Request;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.jdbc.StatusRecorder;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.Policies;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final Records.Standing FINE = new Records.Standing(Optional.empty(), Optional.empty());

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final StatusText TEXT = new StatusText("1.2.3", 4711, NOON, ZoneOffset.UTC);

    @Test
    void a_daemon_that_has_just_started_says_so() {
        ClusterView cluster = new ClusterView(
                "prod",
                Standing.NOT_LISTED_YET,
                NOON,
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(NOON));
        assertThat(TEXT.of(FINE, List.of(cluster), List.of(), List.of(), Map.of(), NOON.plusSeconds(5)))
                .isEqualTo("""
                        version 1.2.3, pid 4711, up 0 min 5 s since 2026-05-04 12:00:00, as of 2026-05-04 12:00:05
                        cluster prod: not listed yet
                          waits for an answer since 2026-05-04 12:00:00
                        """);
    }

    @Test
    void a_cluster_that_is_away_is_shown_with_the_reason() {
        ClusterView cluster = new ClusterView(
                "prod",
                Standing.UNREACHABLE,
                NOON,
                2,
                List.of(),
                List.of(),
                List.of(new Problem("prod", "rm1:8032: connection refused")),
                Optional.of(NOON),
                Optional.empty());
        assertThat(TEXT.of(FINE, List.of(cluster), List.of(), List.of(), Map.of(), NOON.plusSeconds(7500)))
                .isEqualTo("""
                        version 1.2.3, pid 4711, up 2 h 5 min since 2026-05-04 12:00:00, as of 2026-05-04 14:05:00
                        cluster prod: NOT REACHABLE since 2026-05-04 12:00:00, 2 running jobs known from before
                          cannot read prod: rm1:8032: connection refused
                        """);
    }

    @Test
    void a_job_is_shown_with_its_parallelism_and_why_it_is_left_as_it_is() {
        JobGraph graph = JobGraph.of(
                List.of(new JobVertex(FakeFlink.MAP, "work", 4, 128, OptionalInt.empty(), Optional.empty(), false)),
                List.of());
        JobView view = new JobView(
                FakeFlink.context(1),
                JobMode.SCALING,
                Optional.of(new PolicyReading.Valid(
                        Policies.quick(true), List.of(), List.of("everyone", "streaming"), List.of())),
                Optional.of(graph),
                Optional.of(new Decided(Hold.because(HoldReason.WITHIN_BAND, ""), NOON, NOON)),
                Optional.of(Reconciliation.requested(NOON, Map.of(FakeFlink.MAP, 4))
                        .with(Phase.RUNNING, NOON.plusSeconds(9), Optional.empty())),
                Optional.of(NOON),
                Optional.empty());
        assertThat(TEXT.of(FINE, List.of(), List.of(view), List.of(), Map.of(), NOON)
                        .lines()
                        .skip(1))
                .containsExactly(
                        "job job-1 (test/application_1_0001/00000000000000000000000000000001): scaling (policies everyone, streaming), parallelism work 4",
                        "  holds, every vertex runs inside its utilization band; since 2026-05-04 12:00:00",
                        "  last rescale to work 4, decided 2026-05-04 12:00:00: running since 2026-05-04 12:00:09");
    }

    @Test
    void a_job_that_cannot_be_served_says_why_and_when_it_is_tried_again() {
        JobView view = new JobView(
                FakeFlink.context(1),
                JobMode.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Trouble(Trouble.Cause.NO_ANSWER, "no answer within 10 s", NOON, NOON.plusSeconds(20))));
        assertThat(TEXT.of(FINE, List.of(), List.of(view), List.of(), Map.of(), NOON)
                        .lines()
                        .skip(2))
                .containsExactly(
                        "  NOT SERVED since 2026-05-04 12:00:00: no answer within 10 s; next try at 2026-05-04 12:00:20");
    }

    @Test
    void a_database_that_cannot_be_written_is_shown_before_all() {
        StatusRecorder.Trouble trouble = new StatusRecorder.Trouble("the server does not answer", NOON);
        assertThat(TEXT.of(
                                new Records.Standing(Optional.empty(), Optional.of(trouble)),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                NOON)
                        .lines()
                        .skip(1))
                .containsExactly("status NOT RECORDED since 2026-05-04 12:00:00: the server does not answer");
    }

    @Test
    void a_database_that_is_away_is_shown_with_what_that_means() {
        Absence absence = new Absence(NOON, "jdbc:mysql://db/x: Connection refused", 1200, 3);
        assertThat(TEXT.of(
                                new Records.Standing(Optional.of(absence), Optional.empty()),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                NOON)
                        .lines()
                        .skip(1))
                .containsExactly(
                        "database NOT REACHABLE since 2026-05-04 12:00:00: jdbc:mysql://db/x: Connection refused",
                        "  jobs are observed, nothing is decided; 1200 samples wait to be written, 3 were given up");
    }

    @Test
    void requests_are_counted_by_route_and_way() {
        RequestLog log = new RequestLog();
        Request details = new Request("prod", Way.PROXY, "GET", "/jobs/:job", "200");
        log.add(details, Duration.ofMillis(10));
        log.add(details, Duration.ofMillis(20));
        assertThat(TEXT.of(FINE, List.of(), List.of(), log.counts(), Map.of(), NOON)
                        .lines()
                        .skip(1))
                .containsExactly("requests so far:", "  prod GET /jobs/:job through the proxy, 200: 2, 15 ms each");
    }

    @Test
    void the_load_of_a_ResourceManager_is_told_with_its_cluster() {
        ClusterView cluster = new ClusterView(
                "prod",
                ClusterView.Standing.REACHABLE,
                NOON,
                3,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(NOON),
                Optional.empty());
        assertThat(TEXT.of(FINE, List.of(cluster), List.of(), List.of(), Map.of("prod", 12.34, "test", 1.0), NOON)
                        .lines()
                        .skip(1))
                .containsExactly(
                        "cluster prod: reachable since 2026-05-04 12:00:00, 3 running jobs",
                        "  its ResourceManager gets 12.3 requests/s from us");
    }
}
