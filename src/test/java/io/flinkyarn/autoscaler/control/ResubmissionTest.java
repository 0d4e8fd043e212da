package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.core.state.TrackedRestart;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.FakeStore;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a job has of the run before it, from the first run to the second. */
class ResubmissionTest {

    private static final Duration CYCLE = Duration.ofSeconds(10);
    private static final JobAutoScalerContext FIRST = run(1);
    private static final JobAutoScalerContext SECOND = run(2);
    private static final Map<String, String> NAMED =
            Map.of("job.autoscaler.enabled", "true", "job.autoscaler.logical-name", "orders");
    private static final Map<String, String> RESTORED = Map.of(
            "job.autoscaler.enabled",
            "true",
            "job.autoscaler.logical-name",
            "orders",
            "job.autoscaler.restore-parallelism.enabled",
            "true");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Journal journal = new Journal();
    private final FakeFlink flink = new FakeFlink(clock, journal);
    private final FakeStore store = new FakeStore(journal);
    private final RecordingEventHandler stepEvents = new RecordingEventHandler();
    private final Ports ports = new Ports(
            flink, store, flink, stepEvents, new RecordingEventHandler(), Policies::read, new Board(), clock, CYCLE);

    /** A run of the job in an application of its own. */
    private static JobAutoScalerContext run(int application) {
        JobAutoScalerContext listed = FakeFlink.context(application);
        return new JobAutoScalerContext(listed.key(), "a job", listed.jobStatus(), listed.rest(), listed.application());
    }

    private FakeFlink.Job submit(JobAutoScalerContext run, Map<String, String> configuration) {
        FakeFlink.Job job = flink.start(run);
        job.configuration = configuration;
        job.rate = 250;
        return job;
    }

    private void cycles(JobTick tick, JobAutoScalerContext run, int count) {
        for (int i = 0; i < count; i++) {
            clock.advance(CYCLE);
            tick.run(run);
        }
    }

    /** A run that is scaled to four subtasks, keeps up with its load, and ends. */
    private void aRunThatEndedAtFour(Map<String, String> configuration) {
        FakeFlink.Job job = submit(FIRST, configuration);
        cycles(new JobTick(FIRST, ports), FIRST, 20);
        assertThat(job.parallelism).isEqualTo(4);
        clock.advance(Duration.ofDays(3));
        journal.take();
    }

    private JobState state(JobAutoScalerContext run) {
        return store.state(run).orElseThrow();
    }

    @Test
    void the_next_run_begins_with_what_was_learnt_and_says_so() {
        aRunThatEndedAtFour(NAMED);
        FakeFlink.Job job = submit(SECOND, NAMED);
        cycles(new JobTick(SECOND, ports), SECOND, 2);

        assertThat(state(SECOND).restarts())
                .isEqualTo(state(FIRST).restarts())
                .singleElement()
                .extracting(TrackedRestart::duration)
                .isEqualTo(Optional.of(Duration.ZERO));
        assertThat(state(SECOND).history()).isEqualTo(state(FIRST).history()).containsKey(FakeFlink.MAP);
        assertThat(state(SECOND).window().rows()).hasSize(2);
        assertThat(job.parallelism).isEqualTo(1);
        assertThat(stepEvents.events(SECOND.key()))
                .singleElement()
                .extracting(JobEvent::message)
                .isEqualTo("Begins with what was learnt in the earlier run test/application_1_0001/"
                        + "00000000000000000000000000000001 of this job: restarts took 0 s;"
                        + " what came of the rescales of work; it ran well at source 1, work 4");
    }

    @Test
    void the_next_run_is_restored_at_once_where_that_is_wanted_and_once_only() {
        aRunThatEndedAtFour(NAMED);
        FakeFlink.Job job = submit(SECOND, RESTORED);
        JobTick tick = new JobTick(SECOND, ports);
        cycles(tick, SECOND, 1);

        assertThat(job.parallelism).isEqualTo(4);
        assertThat(journal.take())
                .containsExactly("facts a job", "collect a job", "save a job", "realize a job", "saveOutcome a job");
        cycles(tick, SECOND, 1);
        assertThat(state(SECOND).reconciliation().map(Reconciliation::phase)).contains(Phase.RUNNING);
        assertThat(stepEvents.events(SECOND.key()))
                .extracting(JobEvent::reason)
                .containsExactly(
                        EventReason.LEARNED_FROM_EARLIER_RUN,
                        EventReason.SCALING_REPORT,
                        EventReason.RESCALE_COMPLETED);

        job.parallelism = 2;
        cycles(new JobTick(SECOND, ports), SECOND, 1);
        assertThat(job.parallelism).isEqualTo(2);
    }

    @Test
    void a_restart_of_the_daemon_in_between_changes_nothing() {
        aRunThatEndedAtFour(NAMED);
        FakeFlink.Job job = submit(SECOND, RESTORED);
        job.notReady = Optional.of("vertex work is not running yet");
        cycles(new JobTick(SECOND, ports), SECOND, 2);
        assertThat(state(SECOND).isBlank()).isTrue();

        job.notReady = Optional.empty();
        cycles(new JobTick(SECOND, ports), SECOND, 1);
        assertThat(job.parallelism).isEqualTo(4);
    }

    @Test
    void nothing_is_restored_that_cannot_be_recorded() {
        aRunThatEndedAtFour(NAMED);
        FakeFlink.Job job = submit(SECOND, RESTORED);
        JobTick tick = new JobTick(SECOND, ports);
        job.notReady = Optional.of("vertex work is not running yet");
        cycles(tick, SECOND, 1);
        job.notReady = Optional.empty();
        store.setAway(true);
        cycles(tick, SECOND, 3);
        assertThat(job.parallelism).isEqualTo(1);

        store.setAway(false);
        cycles(tick, SECOND, 1);
        assertThat(job.parallelism).isEqualTo(4);
    }

    @Test
    void a_job_of_another_name_begins_anew() {
        aRunThatEndedAtFour(NAMED);
        FakeFlink.Job job = submit(
                SECOND, Map.of("job.autoscaler.enabled", "true", "job.autoscaler.restore-parallelism.enabled", "true"));
        cycles(new JobTick(SECOND, ports), SECOND, 2);

        assertThat(job.parallelism).isEqualTo(1);
        assertThat(state(SECOND).restarts()).isEqualTo(List.of());
        assertThat(stepEvents.events(SECOND.key())).isEmpty();
    }

    @Test
    void of_two_runs_at_the_same_time_the_newer_takes_from_the_older_and_nothing_is_shared_afterwards() {
        submit(FIRST, NAMED);
        JobTick first = new JobTick(FIRST, ports);
        cycles(first, FIRST, 20);
        submit(SECOND, NAMED).rate = 50;
        JobTick second = new JobTick(SECOND, ports);
        cycles(second, SECOND, 1);
        JobState taken = state(SECOND);
        assertThat(taken.history()).isEqualTo(state(FIRST).history());

        cycles(first, FIRST, 10);
        cycles(second, SECOND, 1);
        assertThat(state(SECOND).history()).isEqualTo(taken.history());
    }
}
