package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Limit;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.FakeStore;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import io.flinkyarn.autoscaler.testing.TestPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What named policies, their caps and tags do to a job that wants to be scaled as far as it goes. */
class NamedPoliciesInTicksTest {

    private static final Duration CYCLE = Duration.ofSeconds(10);

    private static final String POLICIES = """
            policies:
              - {name: capped, queues: [small], cap.vertex.max-parallelism: 3}
              - {name: watched, queues: [watched], cap.mode: observe}
              - {name: none, queues: [closed], cap.mode: off}
            """;

    private static final Map<String, String> GREEDY = Map.of(
            "job.autoscaler.enabled", "true",
            "job.autoscaler.scaling.enabled", "true",
            "job.autoscaler.vertex.max-parallelism", "100",
            "job.autoscaler.metrics.window", "1 min",
            "job.autoscaler.stabilization.interval", "0 s",
            "job.autoscaler.scale-down.interval", "0 s");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Journal journal = new Journal();
    private final FakeFlink flink = new FakeFlink(clock, journal);
    private final FakeStore store = new FakeStore(journal);
    private final RecordingEventHandler events = new RecordingEventHandler();
    private final Board board = new Board();
    private final InMemoryManualControl control = new InMemoryManualControl(board);
    private StandingOrders orders;
    private JobTick tick;
    private FakeFlink.Job fake;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException, StoreException {
        orders = StandingOrders.open(control);
        Path file = Files.writeString(directory.resolve("autoscaler.yaml"), POLICIES);
        PolicyReader policies = ConfigurationReader.read(
                        file, Map.of("HADOOP_CONF_DIR", "/c"), List.of(), ZoneOffset.UTC)
                .match(valid -> valid.policies(), invalid -> fail("" + invalid.problems()));
        Ports ports = new Ports(
                flink,
                store,
                flink,
                events,
                events,
                (job, configuration, ordered) -> policies.read(job.description(), configuration, ordered),
                board,
                clock,
                CYCLE,
                new Commons(Map.of(), CYCLE),
                orders);
        tick = new JobTick(job("root.free"), ports);
        fake = flink.start(job("root.free"));
        fake.configuration = GREEDY;
        fake.rate = 900;
    }

    private static JobAutoScalerContext job(String queue, String... tags) {
        JobAutoScalerContext job = FakeFlink.context(1);
        return new JobAutoScalerContext(
                job.key(),
                job.jobName(),
                job.jobStatus(),
                job.rest(),
                Optional.of(new Application("app", queue, "alice", Set.of(tags))));
    }

    private void cycles(int count, JobAutoScalerContext job) {
        for (int i = 0; i < count; i++) {
            clock.advance(CYCLE);
            orders.refresh();
            tick.run(job);
        }
    }

    private JobView view() {
        return board.job(FakeFlink.context(1).key()).orElseThrow();
    }

    private Hold hold() {
        return (Hold) view().decided().orElseThrow().decision();
    }

    @Test
    void a_job_is_never_scaled_above_its_cap_and_its_verdict_says_what_limited_it() {
        cycles(20, job("root.small.eu"));
        assertThat(fake.parallelism).isEqualTo(3);
        assertThat(events.events(EventReason.SCALING_REPORT)).hasSize(1);
        Verdict work = hold().verdicts().get(1);
        assertThat(work.rawParallelism()).isGreaterThan(8);
        assertThat(work.limitedParallelism()).isEqualTo(3);
        assertThat(work.limit()).isEqualTo(Limit.MAX_PARALLELISM_CAP);
    }

    @Test
    void the_owner_of_a_job_that_asks_for_more_is_told_once() {
        cycles(5, job("root.small"));
        assertThat(events.events(EventReason.OPTION_OVERRULED))
                .singleElement()
                .satisfies(event -> assertThat(event.message())
                        .startsWith("job.autoscaler.vertex.max-parallelism = '100' (configuration of the Flink job):"
                                + " it is overruled by 3, the cap of policy capped, "));
    }

    @Test
    void a_job_whose_mode_is_capped_gets_recommendations_and_the_reason_names_the_cap() {
        cycles(20, job("root.watched"));
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(view().mode()).isEqualTo(JobMode.OBSERVING);
        assertThat(hold().reason()).isEqualTo(HoldReason.MODE_CAPPED);
        assertThat(hold().detail())
                .startsWith("job.autoscaler.scaling.enabled is false: cap of policy watched, ")
                .endsWith(", line 3");
        assertThat(hold().recommended().orElseThrow().targets().get(FakeFlink.MAP))
                .isGreaterThan(8);
        assertThat(journal.entries()).doesNotContain("realize job-1");
    }

    @Test
    void a_job_that_is_capped_to_off_is_left_alone_and_told_why() {
        cycles(2, job("root.closed"));
        assertThat(view().mode()).isEqualTo(JobMode.OFF);
        assertThat(hold().detail()).startsWith("job.autoscaler.enabled is false: cap of policy none, ");
        assertThat(journal.entries()).containsExactly("facts job-1");
    }

    @Test
    void a_job_that_YARN_moves_to_another_queue_gets_the_policies_of_that_queue() {
        cycles(20, job("root.watched"));
        assertThat(fake.parallelism).isEqualTo(1);
        cycles(20, job("root.small"));
        assertThat(view().options().orElseThrow().named()).containsExactly("capped");
        assertThat(fake.parallelism).isEqualTo(3);
        assertThat(journal.entries()).as("its configuration is the same").containsOnlyOnce("facts job-1");
        cycles(20, job("root.free"));
        assertThat(fake.parallelism).isGreaterThan(8);
    }

    @Test
    void a_job_with_a_wrong_tag_is_left_alone_and_told_what_is_wrong() {
        cycles(20, job("root.free", "autoscaler.mode=obsrve", "team-a"));
        assertThat(view().mode()).isEqualTo(JobMode.INVALID);
        assertThat(journal.entries()).containsExactly("facts job-1");
        assertThat(events.events(EventReason.INVALID_OPTION))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.message())
                        .isEqualTo("YARN tag autoscaler.mode=obsrve: expected one of OBSERVE, OFF, SCALE"));
    }

    @Test
    void a_tag_lets_a_job_be_observed_only() {
        Map<String, String> configuration = new HashMap<>(GREEDY);
        configuration.remove("job.autoscaler.scaling.enabled");
        fake.configuration = configuration;
        cycles(20, job("root.free", "autoscaler.mode=observe"));
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(hold().reason()).isEqualTo(HoldReason.SCALING_DISABLED);
    }

    @Test
    void a_target_above_the_cap_that_was_decided_before_there_was_one_is_not_carried_out() throws Exception {
        store.put(
                job("root.small"),
                JobState.NEW.withReconciliation(Reconciliation.requested(clock.instant(), Map.of(FakeFlink.MAP, 4))));
        cycles(3, job("root.small"));
        assertThat(journal.entries()).doesNotContain("realize job-1");
        cycles(1, job("root.free"));
        assertThat(journal.entries()).contains("realize job-1");
    }

    @Test
    void a_scaling_executor_of_the_job_cannot_go_beyond_the_cap() {
        Map<String, String> configuration = new HashMap<>(GREEDY);
        configuration.put("job.autoscaler.scaling.custom-executors", "more");
        configuration.put("job.autoscaler.scaling.custom-executor.more.class", TestPlugins.Setting.class.getName());
        configuration.put("job.autoscaler.scaling.custom-executor.more.to", "4");
        fake.configuration = configuration;
        cycles(20, job("root.small"));
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(hold().reason()).isEqualTo(HoldReason.PLUGIN_FAILED);
        assertThat(hold().detail()).contains("sets vertex work to 4, expected 1 to 3");
    }

    private void order(OrderTarget target, What what) {
        control.give(new StandingOrder(target, what, "ann", "release tonight", clock.instant()));
    }

    @Test
    void a_job_that_is_ordered_to_be_observed_is_not_rescaled_and_says_by_whose_order_until_that_is_taken_back() {
        order(OrderTarget.ALL, What.MODE_OBSERVE);
        cycles(20, job("root.free"));
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(view().mode()).isEqualTo(JobMode.OBSERVING);
        assertThat(hold().reason()).isEqualTo(HoldReason.MODE_CAPPED);
        assertThat(hold().detail())
                .isEqualTo("job.autoscaler.scaling.enabled is false: ordered by ann since 2026-05-04T12:00:00Z for ALL:"
                        + " release tonight");
        control.takeBack(OrderTarget.ALL, What.MODE_OFF, "ann", "", clock.instant());
        cycles(2, job("root.free"));
        assertThat(fake.parallelism).isGreaterThan(1);
    }

    @Test
    void a_job_that_is_ordered_off_is_left_alone() {
        order(OrderTarget.cluster("test"), What.MODE_OFF);
        cycles(2, job("root.free"));
        assertThat(view().mode()).isEqualTo(JobMode.OFF);
        assertThat(hold().reason()).isEqualTo(HoldReason.DISABLED);
        assertThat(hold().detail()).startsWith("job.autoscaler.enabled is false: ordered by ann since ");
    }

    @Test
    void the_narrowest_order_holds() {
        order(OrderTarget.ALL, What.MODE_OFF);
        order(OrderTarget.tag("nightly"), What.MODE_SCALE);
        cycles(20, job("root.free", "nightly"));
        assertThat(fake.parallelism).isGreaterThan(1);
    }

    @Test
    void an_order_to_scale_switches_on_what_its_options_leave_off() {
        fake.configuration = new HashMap<>(GREEDY);
        fake.configuration.put("job.autoscaler.enabled", "false");
        order(OrderTarget.ALL, What.MODE_SCALE);
        cycles(20, job("root.free"));
        assertThat(fake.parallelism).isGreaterThan(1);
    }

    @Test
    void no_order_exceeds_the_cap_of_a_policy() {
        fake.configuration = new HashMap<>(GREEDY);
        fake.configuration.put("job.autoscaler.scaling.enabled", "false");
        order(OrderTarget.ALL, What.MODE_SCALE);
        cycles(20, job("root.watched"));
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(hold().detail()).startsWith("job.autoscaler.scaling.enabled is false: cap of policy watched, ");
    }

    @Test
    void an_order_finds_a_job_by_the_logical_name_that_only_its_options_tell() {
        fake.configuration = new HashMap<>(GREEDY);
        fake.configuration.put("job.autoscaler.logical-name", "payments");
        order(
                OrderTarget.job(
                        new LogicalJob("test", "payments", FakeFlink.context(1).jobName())),
                What.MODE_OFF);
        cycles(1, job("root.free"));
        assertThat(view().mode()).isEqualTo(JobMode.OFF);
    }
}
