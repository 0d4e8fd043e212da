package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.FakeStore;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobTickTest {

    private static final Duration CYCLE = Duration.ofSeconds(10);
    private static final JobAutoScalerContext JOB = FakeFlink.context(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Journal journal = new Journal();
    private final FakeFlink flink = new FakeFlink(clock, journal);
    private final FakeStore store = new FakeStore(journal);
    private final RecordingEventHandler stepEvents = new RecordingEventHandler();
    private final RecordingEventHandler events = new RecordingEventHandler();
    private final Board board = new Board();
    private final Ports ports = new Ports(flink, store, flink, stepEvents, events, Policies::read, board, clock, CYCLE);
    private final JobTick tick = new JobTick(JOB, ports);
    private final FakeFlink.Job fake = flink.start(JOB);

    private void cycle() {
        cycle(JOB);
    }

    private void cycle(JobAutoScalerContext job) {
        clock.advance(CYCLE);
        tick.run(job);
    }

    /** What a process leaves behind that decided on three subtasks, saved that, and died. */
    private void decideAndDie() throws Exception {
        Reconciliation open = Reconciliation.requested(clock.instant(), Map.of(FakeFlink.MAP, 3));
        store.put(JOB, JobState.NEW.withReconciliation(open));
    }

    private Optional<Phase> phase() {
        return store.state(JOB).flatMap(JobState::reconciliation).map(Reconciliation::phase);
    }

    private JobView view() {
        return board.job(JOB.key()).orElseThrow();
    }

    private Optional<HoldReason> held() {
        return view().decided().map(JobView.Decided::decision).map(decision -> ((Decision.Hold) decision).reason());
    }

    /** Cycles until the job has been rescaled, or two minutes. */
    private void cycleUntilParallelismIsNot(int parallelism) {
        for (int i = 0; i < 12 && fake.parallelism == parallelism; i++) {
            cycle();
        }
    }

    @Test
    void a_job_that_cannot_keep_up_is_rescaled_and_its_rescale_is_seen_to_the_end() {
        fake.rate = 250;
        cycleUntilParallelismIsNot(1);
        assertThat(fake.parallelism).isBetween(4, 5);
        assertThat(journal.entries()).endsWith("save job-1", "realize job-1", "saveOutcome job-1");
        assertThat(stepEvents.events(EventReason.SCALING_REPORT)).hasSize(1);
        assertThat(events.events(EventReason.SCALING)).hasSize(1);
        assertThat(phase()).contains(Phase.ACCEPTED);
        cycle();
        assertThat(phase()).contains(Phase.RUNNING);
        assertThat(stepEvents.events(EventReason.RESCALE_COMPLETED)).hasSize(1);
        journal.take();
        cycle();
        assertThat(journal.take()).containsExactly("collect job-1", "save job-1");
    }

    @Test
    void samples_are_kept_while_the_store_is_away_and_the_decision_follows_when_it_is_back() {
        fake.rate = 250;
        cycle();
        store.setAway(true);
        for (int i = 0; i < 12; i++) {
            cycle();
        }
        assertThat(fake.parallelism).isEqualTo(1);
        store.setAway(false);
        cycle();
        assertThat(fake.parallelism).isGreaterThan(3);
    }

    @Test
    void another_process_goes_on_with_the_samples_of_the_one_before() {
        fake.rate = 250;
        for (int i = 0; i < 5; i++) {
            cycle();
        }
        JobTick next = new JobTick(JOB, ports);
        for (int i = 0; i < 3; i++) {
            clock.advance(CYCLE);
            next.run(JOB);
        }
        assertThat(fake.parallelism).isGreaterThan(3);
    }

    @Test
    void what_a_job_says_about_itself_is_asked_once() {
        cycle();
        cycle();
        assertThat(journal.entries())
                .containsExactly("facts job-1", "collect job-1", "save job-1", "collect job-1", "save job-1");
    }

    @Test
    void a_target_is_saved_before_Flink_hears_of_it_and_its_outcome_after() throws Exception {
        decideAndDie();
        cycle();
        assertThat(journal.entries())
                .containsExactly("facts job-1", "collect job-1", "save job-1", "realize job-1", "saveOutcome job-1");
    }

    @Test
    void a_target_that_a_dead_process_left_is_carried_out_by_the_next() throws Exception {
        decideAndDie();
        cycle();
        assertThat(fake.parallelism).isEqualTo(3);
        assertThat(phase()).contains(Phase.ACCEPTED);
        assertThat(events.events(EventReason.SCALING))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).isEqualTo("Flink has accepted work 1 -> 3"));
        assertThat(view().rescale().orElseThrow().phase()).isEqualTo(Phase.ACCEPTED);
    }

    @Test
    void a_target_that_a_dead_process_left_long_ago_is_not_carried_out_before_a_sample_tells_how_it_went()
            throws Exception {
        decideAndDie();
        clock.advance(Duration.ofHours(2));
        fake.notReady = Optional.of("vertex work has no busy time yet");
        cycle();
        fake.notReady = Optional.empty();
        cycle();
        assertThat(journal.entries()).doesNotContain("realize job-1");
        assertThat(phase()).contains(Phase.FAILED);
    }

    @Test
    void a_target_that_a_dead_process_left_is_not_carried_out_where_scaling_is_switched_off_since() throws Exception {
        decideAndDie();
        fake.configuration = Map.of("job.autoscaler.enabled", "true", "job.autoscaler.scaling.enabled", "false");
        cycle();
        assertThat(journal.entries()).doesNotContain("realize job-1");
        assertThat(phase()).contains(Phase.REQUESTED);
    }

    @Test
    void a_target_that_a_dead_process_left_is_not_carried_out_within_an_excluded_period() throws Exception {
        decideAndDie();
        fake.configuration = Map.of("job.autoscaler.enabled", "true", "job.autoscaler.excluded.periods", "00:00-23:59");
        cycle();
        assertThat(journal.entries()).doesNotContain("realize job-1");
        assertThat(phase()).contains(Phase.REQUESTED);
    }

    @Test
    void a_request_whose_answer_was_lost_is_repeated_in_the_next_cycle() throws Exception {
        decideAndDie();
        fake.realizeFails = Optional.of(new UnreachableException(Category.NO_ANSWER, "no answer within 10 s"));
        cycle();
        assertThat(phase()).contains(Phase.REQUESTED);
        assertThat(view().trouble().orElseThrow().message()).isEqualTo("no answer within 10 s");
        fake.realizeFails = Optional.empty();
        cycle();
        assertThat(phase()).contains(Phase.ACCEPTED);
        assertThat(view().trouble()).isEmpty();
    }

    @Test
    void a_request_that_Flink_refuses_has_failed_and_is_not_repeated() throws Exception {
        decideAndDie();
        fake.realizeFails = Optional.of(new UnreachableException(Category.REFUSED, "400: above max parallelism"));
        cycle();
        cycle();
        assertThat(phase()).contains(Phase.FAILED);
        assertThat(store.state(JOB).orElseThrow().reconciliation().orElseThrow().detail())
                .contains("400: above max parallelism");
        assertThat(store.state(JOB).orElseThrow().history())
                .as("nothing is learnt from a rescale that never happened")
                .isEmpty();
        assertThat(journal.entries()).containsOnlyOnce("realize job-1");
        assertThat(events.events(EventReason.RESCALE_FAILED)).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.WARNING);
            assertThat(event.message()).isEqualTo("Flink refuses work 1 -> 3: 400: above max parallelism");
        });
    }

    @Test
    void nothing_is_carried_out_while_the_store_is_away_and_all_of_it_afterwards() throws Exception {
        decideAndDie();
        fake.realizeFails = Optional.of(new UnreachableException(Category.NO_ANSWER, "no answer within 10 s"));
        cycle();
        fake.realizeFails = Optional.empty();
        store.setAway(true);
        journal.take();
        cycle();
        cycle();
        assertThat(journal.take()).containsExactly("collect job-1", "save job-1", "collect job-1", "save job-1");
        assertThat(fake.parallelism).isEqualTo(1);
        assertThat(view().trouble().orElseThrow().message())
                .isEqualTo("the database does not answer; the job is only observed until the store answers");
        store.setAway(false);
        cycle();
        assertThat(fake.parallelism).isEqualTo(3);
        assertThat(view().trouble()).isEmpty();
    }

    @Test
    void a_job_is_left_alone_while_its_state_cannot_be_read() {
        store.setAway(true);
        cycle();
        assertThat(journal.entries()).containsExactly("facts job-1");
        store.setAway(false);
        cycle();
        assertThat(store.state(JOB)).isPresent();
    }

    @Test
    void a_cycle_is_dropped_when_another_process_has_decided_meanwhile() throws Exception {
        cycle();
        journal.take();
        decideAndDie();
        cycle();
        assertThat(journal.take()).containsExactly("collect job-1", "save job-1");
        assertThat(events.events(EventReason.AUTOSCALER_ERROR))
                .singleElement()
                .satisfies(event -> assertThat(event.key()).isEqualTo("CONFLICT"));
        cycle();
        assertThat(fake.parallelism).isEqualTo(3);
    }

    @Test
    void a_job_that_does_not_answer_is_asked_less_and_less_often() {
        fake.collectFails = Optional.of(new UnreachableException(Category.NO_ANSWER, "no answer within 10 s"));
        List<Integer> asked = new ArrayList<>();
        IntStream.rangeClosed(1, 120).forEach(number -> {
            cycle();
            if (!journal.take().isEmpty()) {
                asked.add(number);
            }
        });
        assertThat(asked).containsExactly(1, 2, 4, 8, 16, 32, 62, 92);
        assertThat(view().trouble().orElseThrow().since()).isEqualTo("2026-05-04T12:00:10Z");
        assertThat(events.events(EventReason.AUTOSCALER_ERROR)).allSatisfy(event -> {
            assertThat(event.key()).isEqualTo("NO_ANSWER");
            assertThat(event.mergeWithin()).isPresent();
        });
    }

    @Test
    void a_job_that_answers_again_is_served_in_every_cycle() {
        fake.collectFails = Optional.of(new UnreachableException(Category.NO_ANSWER, "no answer within 10 s"));
        IntStream.range(0, 3).forEach(i -> cycle());
        fake.collectFails = Optional.empty();
        cycle();
        journal.take();
        cycle();
        cycle();
        assertThat(journal.take()).containsExactly("collect job-1", "save job-1", "collect job-1", "save job-1");
    }

    @Test
    void a_job_that_has_ended_since_it_was_listed_is_no_event() {
        fake.collectFails = Optional.of(new UnreachableException(Category.GONE, "Flink does not know the job"));
        cycle();
        assertThat(events.events()).isEmpty();
    }

    @Test
    void a_job_that_is_not_enabled_is_neither_sampled_nor_stored() {
        fake.configuration = Map.of();
        cycle();
        cycle();
        assertThat(journal.entries()).containsExactly("facts job-1");
        assertThat(held()).contains(HoldReason.DISABLED);
        assertThat(view().mode()).isEqualTo(JobMode.OFF);
    }

    @Test
    void a_wrong_option_is_told_to_the_owner_of_the_job_which_stays_as_it_is() {
        fake.configuration = Map.of("job.autoscaler.wrong", "7");
        cycle();
        assertThat(journal.entries()).containsExactly("facts job-1");
        assertThat(held()).contains(HoldReason.INVALID_OPTIONS);
        assertThat(events.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EventReason.INVALID_OPTION);
            assertThat(event.key()).isEqualTo("job.autoscaler.wrong");
            assertThat(event.message()).isEqualTo("job.autoscaler.wrong: '7' is not allowed");
        });
    }

    @Test
    void a_job_that_is_not_running_keeps_its_state_and_is_not_sampled() throws Exception {
        decideAndDie();
        cycle(FakeFlink.context("test", 1, "RESTARTING"));
        assertThat(journal.entries()).containsExactly("facts job-1");
        assertThat(held()).contains(HoldReason.NOT_RUNNING);
        assertThat(phase()).contains(Phase.REQUESTED);
    }

    @Test
    void metrics_that_are_not_ready_hold_the_job_and_say_why() {
        fake.notReady = Optional.of("vertex work has no busy time yet");
        cycle();
        assertThat(held()).contains(HoldReason.METRICS_NOT_READY);
    }

    @Test
    void a_defect_costs_its_job_a_cycle_and_the_other_jobs_nothing() {
        fake.defect = Optional.of(new IllegalStateException("ring of negative size"));
        JobAutoScalerContext other = FakeFlink.context(2);
        flink.start(other);
        JobTick otherTick = new JobTick(other, ports);
        cycle();
        otherTick.run(other);
        assertThat(journal.entries()).endsWith("collect job-2", "save job-2");
        assertThat(events.events())
                .singleElement()
                .satisfies(
                        event -> assertThat(event.message()).contains("IllegalStateException: ring of negative size"));
        assertThat(view().trouble()).isPresent();
    }
}
