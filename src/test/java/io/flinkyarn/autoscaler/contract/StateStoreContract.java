package io.flinkyarn.autoscaler.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every state store promises. */
public interface StateStoreContract {

    Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

    /** A store with what this test has saved so far, and nothing else. */
    AutoScalerStateStore store() throws Exception;

    static JobAutoScalerContext job(String applicationId) {
        return new JobAutoScalerContext(
                new JobKey("cluster", applicationId, "00000000000000000000000000000000"),
                "a job",
                "RUNNING",
                new RestEndpoint("cluster", URI.create("http://localhost/" + applicationId)),
                Optional.empty());
    }

    /** The same for a job whose options are read. */
    static JobAutoScalerContext job(String applicationId, String logicalName) {
        JobAutoScalerContext listed = job(applicationId);
        return new JobAutoScalerContext(
                listed.key(),
                listed.jobName(),
                listed.jobStatus(),
                listed.rest(),
                listed.application(),
                Optional.of(logicalName));
    }

    static Step hold(JobState state) {
        return new Step(state, Hold.because(HoldReason.WITHIN_BAND, ""), List.of());
    }

    @Test
    default void knowsNothingOfAJobThatWasNeverSaved() throws Exception {
        assertThat(store().load(job("a").key())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    default void givesBackWhatWasSavedLast(long seed) throws Exception {
        RandomStates states = new RandomStates(seed);
        long version = 0;
        for (int i = 0; i < 12; i++) {
            JobState state = states.next();
            version = i % 3 == 2
                    ? store().saveOutcome(job("a"), version, state, NOW.plusSeconds(i))
                    : store().save(job("a"), version, hold(state), NOW.plusSeconds(i));
            assertThat(store().load(job("a").key())).contains(new Stored(state, version));
        }
    }

    @Test
    default void keepsEverySampleOfAWindowThatGoesOn() throws Exception {
        JobState state = new RandomStates(3).next();
        long version = 0;
        List<MetricsWindow.Row> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(new MetricsWindow.Row(NOW.plusSeconds(10L * i), i, i / 7.0));
            if (rows.size() > 8) {
                rows.remove(0);
            }
            state = state.withWindow(new MetricsWindow(state.window().vertices(), rows));
            version = store().save(job("a"), version, hold(state), NOW.plusSeconds(10L * i));
            if (i % 4 == 3) {
                assertThat(store().load(job("a").key())).contains(new Stored(state, version));
            }
        }
    }

    @Test
    default void keepsJobsApartThatShareAJobId() throws Exception {
        RandomStates states = new RandomStates(1);
        JobState one = states.next();
        JobState two = states.next();
        long versionOfOne = store().save(job("a"), 0, hold(one), NOW);
        long versionOfTwo = store().save(job("b"), 0, hold(two), NOW);
        assertThat(store().load(job("a").key())).contains(new Stored(one, versionOfOne));
        assertThat(store().load(job("b").key())).contains(new Stored(two, versionOfTwo));
    }

    @Test
    default void refusesToReplaceAStateThatItsWriterHasNotSeen() throws Exception {
        RandomStates states = new RandomStates(1);
        long first = store().save(job("a"), 0, hold(states.next()), NOW);
        JobState latest = states.next();
        long second = store().save(job("a"), first, hold(latest), NOW.plusSeconds(1));

        for (long version : new long[] {0, first, second + 1}) {
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> store().save(job("a"), version, hold(states.next()), NOW.plusSeconds(2)));
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> store().saveOutcome(job("a"), version, states.next(), NOW.plusSeconds(2)));
        }
        assertThat(store().load(job("a").key())).contains(new Stored(latest, second));
        assertThat(store().save(job("a"), second, hold(states.next()), NOW.plusSeconds(3)))
                .isGreaterThan(second);
    }

    @Test
    default void knowsNoEarlierRunOfAJobThatHadNone() throws Exception {
        store().save(job("a", "orders"), 0, hold(JobState.NEW), NOW);
        store().save(job("b", "clicks"), 0, hold(JobState.NEW), NOW);

        assertThat(store().earlier(job("c", "returns"))).isEmpty();
        assertThat(store().earlier(job("a", "orders"))).as("itself").isEmpty();
    }

    @Test
    default void findsTheRunOfTheSameLogicalJobThatWasSeenLast() throws Exception {
        RandomStates states = new RandomStates(7);
        JobState first = states.next();
        long version = store().save(job("a", "orders"), 0, hold(states.next()), NOW);
        store().save(job("b", "orders"), 0, hold(states.next()), NOW.plusSeconds(120));
        store().save(job("c", "clicks"), 0, hold(states.next()), NOW.plusSeconds(240));
        store().saveOutcome(job("a", "orders"), version, first, NOW.plusSeconds(360));

        assertThat(store().earlier(job("d", "orders")))
                .contains(new EarlierRun(job("a").key(), first.withoutSamples()));
        assertThat(store().earlier(job("a", "orders")).orElseThrow().key()).isEqualTo(job("b").key());
    }

    @Test
    default void refusesAVersionOfAJobThatWasNeverSaved() throws Exception {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> store().save(job("a"), 3, hold(JobState.NEW), NOW));
    }
}
