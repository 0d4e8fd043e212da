package io.flinkyarn.autoscaler.core.state;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.chain;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RescaleProgressTest {

    private static final Instant DECIDED = START.plusSeconds(1000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Reconciliation OPEN = Reconciliation.requested(DECIDED, Map.of(id("work"), 4));
    private static final SteadyJob JOB =
            SteadyJob.of(chain(vertex("source", 2), vertex("work", 2)), Map.of(), Map.of());

    private static RescaleProgress progress(Reconciliation latest, SteadyJob job, int secondsLater) {
        Instant now = DECIDED.plusSeconds(secondsLater);
        return RescaleProgress.of(Optional.of(latest), job.sample(now), PATIENCE, now);
    }

    @Test
    void nothingIsUnderWayBeforeTheFirstOrAfterTheLastRescale() {
        assertThat(RescaleProgress.of(Optional.empty(), JOB.sample(START), PATIENCE, START))
                .isEqualTo(new RescaleProgress.Idle());
        for (Phase done : new Phase[] {Phase.RUNNING, Phase.FAILED, Phase.SUPERSEDED}) {
            assertThat(progress(OPEN.with(done, DECIDED, Optional.empty()), JOB, 5))
                    .isEqualTo(new RescaleProgress.Idle());
        }
    }

    @Test
    void theTimeRunsAnewOnceFlinkHasAccepted() {
        Reconciliation accepted = OPEN.with(Phase.ACCEPTED, DECIDED.plusSeconds(50), Optional.empty());

        assertThat(progress(OPEN, JOB, 59)).isInstanceOf(RescaleProgress.Waiting.class);
        assertThat(progress(OPEN, JOB, 60)).isInstanceOf(RescaleProgress.NotReached.class);
        assertThat(progress(accepted, JOB, 109)).isInstanceOf(RescaleProgress.Waiting.class);
        assertThat(progress(accepted, JOB, 110)).isInstanceOf(RescaleProgress.NotReached.class);
    }

    @Test
    void whatFlinkHasAcceptedMayBeReachedLater() {
        Reconciliation accepted = OPEN.with(Phase.ACCEPTED, DECIDED, Optional.empty());
        SteadyJob restarted = JOB.rescaled(Map.of(id("work"), 4), DECIDED.plusSeconds(4000));

        Reconciliation missed = ((RescaleProgress.NotReached) progress(accepted, JOB, 60)).reconciliation();
        assertThat(missed.phase()).isEqualTo(Phase.NOT_REACHED);
        assertThat(progress(missed, JOB, 70)).isEqualTo(new RescaleProgress.Idle());
        assertThat(progress(missed, restarted, 4010)).isInstanceOfSatisfying(RescaleProgress.Completed.class, done -> {
            assertThat(done.took()).isEqualTo(Duration.ofSeconds(4000));
            assertThat(done.reconciliation().phase()).isEqualTo(Phase.RUNNING);
        });
    }

    @Test
    void whatFlinkNeverAcceptedHasFailed() {
        assertThat(((RescaleProgress.NotReached) progress(OPEN, JOB, 60))
                        .reconciliation()
                        .phase())
                .isEqualTo(Phase.FAILED);
    }

    @Test
    void aTargetThatIsReachedCompletesEvenBeforeItWasSeenToBeAccepted() {
        SteadyJob restarted = JOB.rescaled(Map.of(id("work"), 4), DECIDED.plusSeconds(9));

        assertThat(progress(OPEN, restarted, 20)).isInstanceOfSatisfying(RescaleProgress.Completed.class, done -> {
            assertThat(done.took()).isEqualTo(Duration.ofSeconds(9));
            assertThat(done.reconciliation().phase()).isEqualTo(Phase.RUNNING);
        });
    }

    @Test
    void aClockOfFlinkThatIsBehindOursGivesNoNegativeDuration() {
        SteadyJob restarted = JOB.rescaled(Map.of(id("work"), 4), DECIDED.minusSeconds(2));

        assertThat(progress(OPEN, restarted, 20))
                .isInstanceOfSatisfying(
                        RescaleProgress.Completed.class,
                        done -> assertThat(done.took()).isEqualTo(Duration.ZERO));
    }

    @Test
    void aVertexThatIsGoneIsNamed() {
        Reconciliation open = Reconciliation.requested(DECIDED, Map.of(id("gone"), 4));

        assertThat(progress(open, JOB, 60))
                .isInstanceOfSatisfying(
                        RescaleProgress.NotReached.class,
                        failed -> assertThat(failed.reconciliation().detail())
                                .contains("not reached: vertex " + id("gone") + " is not there"));
    }

    @Test
    void aDecisionFromTheFutureIsNotWaitedFor() {
        assertThat(progress(OPEN, JOB, -5000)).isInstanceOf(RescaleProgress.NotReached.class);
    }
}
