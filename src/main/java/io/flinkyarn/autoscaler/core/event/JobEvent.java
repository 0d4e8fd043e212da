package io.flinkyarn.autoscaler.core.event;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that the owner of a job should know. Made by the step and by the control loop; shown, logged and stored by the event handlers.
 *
 * @param key what else must be equal for two events of one job to be the same event, for instance a vertex id; may be empty
 * @param message a sentence for people: the thing, the value, what was expected, what to do
 * @param mergeWithin the same event (job, type, reason, key) seen again within this time counts up the earlier one and refreshes its
 *     message; empty: always an event of its own
 */
public record JobEvent(
        EventType type, EventReason reason, String key, String message, Optional<Duration> mergeWithin) {}
