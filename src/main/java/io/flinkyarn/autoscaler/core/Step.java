package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one step of one job yields: what to remember, what to do, and what to tell. Nothing of it has happened yet.
 *
 * @param state to be saved, together with the decision and the events, before the decision is carried out
 */
public record Step(JobState state, Decision decision, List<JobEvent> events) {

    private static final Duration PASSING = Duration.ofMinutes(1);

    public Step {
        events = List.copyOf(events);
    }

    /**
     * A step that leaves the job as it is. Flink measures about as often as it is asked, and an answer may be incomplete: that one sample was
     * of no use is not yet how the job stands.
     */
    static Step holding(JobState state, Hold hold, List<JobEvent> events, Instant now) {
        boolean useless = hold.reason() == HoldReason.METRICS_STALE || hold.reason() == HoldReason.METRICS_NOT_READY;
        MetricsWindow window = state.window();
        boolean passing = useless
                && state.standing().isPresent()
                && !window.isEmpty()
                && now.isBefore(window.newest().at().plus(PASSING));
        return new Step(passing ? state : state.standingAt(hold.reason().name(), now), hold, events);
    }

    /**
     * The same for a job that a person has paused: it was taken with a policy that lets nothing be rescaled, and what it found is a recommendation.
     *
     * @param by who paused it, since when and why
     */
    public Step paused(String by, Instant since) {
        Hold hold = decision.match(
                held -> new Hold(HoldReason.PAUSED, by, held.recommended(), held.verdicts(), held.trigger()),
                rescale -> new Hold(
                        HoldReason.PAUSED, by, Optional.of(rescale.plan()), rescale.verdicts(), rescale.trigger()));
        return new Step(state.standingSince(HoldReason.PAUSED.name(), since), hold, events);
    }

    /** The same with one event before the others. */
    Step telling(JobEvent first) {
        return new Step(
                state,
                decision,
                Stream.concat(Stream.of(first), events.stream()).toList());
    }

    /** Whether this is a hold that says nothing about how the job stands: the next sample will. No news to anybody. */
    public boolean isPassing() {
        return decision.match(
                hold -> state.standing()
                        .filter(standing ->
                                !standing.reason().equals(hold.reason().name()))
                        .isPresent(),
                rescale -> false);
    }
}
