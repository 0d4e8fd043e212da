package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.Schedule.Due;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

    private static JobKey job(int number) {
        return new JobKey("test", "application_1_" + number, "00000000000000000000000000000001");
    }

    private static Schedule schedule(int jobs, int parallelism) {
        Schedule schedule = new Schedule(INTERVAL, parallelism);
        for (int i = 0; i < jobs; i++) {
            schedule.add(job(i), START);
        }
        return schedule;
    }

    private static List<JobKey> start(Schedule schedule, Instant now) {
        return schedule.start(now).stream().map(Due::job).toList();
    }

    private static List<JobKey> startAndFinish(Schedule schedule, Instant now) {
        List<JobKey> started = start(schedule, now);
        started.forEach(job -> schedule.finished(job, now));
        return started;
    }

    @Test
    void each_job_has_one_turn_in_every_interval() {
        Schedule schedule = schedule(50, 100);
        Map<JobKey, Integer> turns = new HashMap<>();
        for (int ms = 0; ms < 60_000; ms += 100) {
            startAndFinish(schedule, START.plusMillis(ms)).forEach(job -> turns.merge(job, 1, Integer::sum));
        }
        assertThat(turns).hasSize(50);
        assertThat(turns.values()).allSatisfy(count -> assertThat(count).isBetween(5, 6));
    }

    @Test
    void the_turns_of_many_jobs_are_spread_over_the_interval() {
        Schedule schedule = schedule(200, 1000);
        List<Integer> perSecond = new ArrayList<>();
        for (int second = 1; second <= 10; second++) {
            perSecond.add(startAndFinish(schedule, START.plusSeconds(second)).size());
        }
        assertThat(perSecond).allSatisfy(count -> assertThat(count).isBetween(8, 40));
    }

    @Test
    void a_job_keeps_its_moment_when_the_process_is_started_anew() {
        Instant turn = firstTurn(START);
        Instant turnAfterRestart = firstTurn(START.plusSeconds(3604));
        assertThat(Duration.between(turn, turnAfterRestart).toMillis() % INTERVAL.toMillis())
                .isZero();
    }

    private static Instant firstTurn(Instant start) {
        Schedule schedule = new Schedule(INTERVAL, 1);
        schedule.add(job(0), start);
        Instant now = start;
        while (start(schedule, now).isEmpty()) {
            now = now.plusMillis(1);
            assertThat(now).isBefore(START.plusSeconds(7200));
        }
        return now;
    }

    @Test
    void a_job_is_not_started_on_again_before_it_is_finished() {
        Schedule schedule = schedule(1, 10);
        assertThat(start(schedule, START.plus(INTERVAL))).containsExactly(job(0));
        assertThat(start(schedule, START.plus(INTERVAL.multipliedBy(2)))).isEmpty();
        schedule.finished(job(0), START.plus(INTERVAL.multipliedBy(2)));
        assertThat(start(schedule, START.plus(INTERVAL.multipliedBy(3)))).containsExactly(job(0));
    }

    @Test
    void a_slow_job_skips_the_cycles_that_it_missed() {
        Schedule schedule = schedule(1, 10);
        start(schedule, START.plus(INTERVAL));
        Instant late = START.plus(INTERVAL.multipliedBy(5));
        schedule.finished(job(0), late);
        assertThat(start(schedule, late)).isEmpty();
        assertThat(start(schedule, late.plus(INTERVAL))).containsExactly(job(0));
    }

    @Test
    void it_is_told_how_late_a_job_is_started_on_and_how_many_cycles_it_has_missed() {
        Schedule schedule = schedule(1, 10);
        Instant moment = firstTurn(START);

        assertThat(schedule.start(moment)).containsExactly(new Due(job(0), Duration.ZERO, 0));
        schedule.finished(job(0), moment.plusSeconds(25));
        assertThat(schedule.start(moment.plusSeconds(32)))
                .as("those at 10 s and 20 s passed while it was worked on")
                .containsExactly(new Due(job(0), Duration.ofSeconds(2), 2));
    }

    @Test
    void a_job_that_went_away_and_came_back_is_not_worked_on_twice_at_once() {
        Schedule schedule = schedule(1, 10);
        start(schedule, START.plus(INTERVAL));
        schedule.remove(job(0));
        schedule.add(job(0), START.plus(INTERVAL));
        assertThat(start(schedule, START.plus(INTERVAL.multipliedBy(2)))).isEmpty();
        schedule.finished(job(0), START.plus(INTERVAL.multipliedBy(2)));
        assertThat(start(schedule, START.plus(INTERVAL.multipliedBy(3)))).containsExactly(job(0));
    }

    @Test
    void not_more_jobs_are_worked_on_at_once_than_allowed_and_those_who_waited_come_first() {
        Schedule schedule = schedule(3, 2);
        Instant now = START.plus(INTERVAL);
        List<JobKey> first = start(schedule, now);
        assertThat(first).hasSize(2);
        assertThat(start(schedule, now)).isEmpty();
        first.forEach(job -> schedule.finished(job, now));
        List<JobKey> second = start(schedule, now.plus(INTERVAL));
        assertThat(second).hasSize(2);
        assertThat(first).doesNotContain(second.get(0));
    }

    @Test
    void a_clock_that_is_set_back_stops_nothing() {
        Schedule schedule = schedule(1, 10);
        startAndFinish(schedule, START.plus(INTERVAL));
        Instant back = START.minus(Duration.ofHours(1));
        assertThat(startAndFinish(schedule, back)).hasSize(1);
        assertThat(startAndFinish(schedule, back.plus(INTERVAL))).hasSize(1);
    }

    @Test
    void nothing_is_started_after_the_stop() {
        Schedule schedule = schedule(5, 10);
        schedule.stop();
        assertThat(start(schedule, START.plus(INTERVAL))).isEmpty();
    }
}
