package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.util.List;

/**
 * What one step of one job yields: what to remember, what to do, and what to tell. Nothing of it has happened yet.
 *
 * @param state to be saved, together with the decision and the events, before the decision is carried out
 */
public record Step(JobState state, Decision decision, List<JobEvent> events) {

    public Step {
        events = List.copyOf(events);
    }
}
