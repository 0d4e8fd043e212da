package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events that have a row, and how often they were told since that was written: what is told in every cycle is counted here and written once in
 * a while. Any thread may call it; the map is concurrent, its values are immutable.
 */
final class RecentEvents {

    private final Map<Same, Told> told = new ConcurrentHashMap<>();

    /** What two events have in common that are one row. */
    private record Same(long jobRunId, EventType type, EventReason reason, String key) {}

    /**
     * An event with a row.
     *
     * @param again how often it was told since its row was written
     * @param message the latest one
     * @param at when it was told last
     */
    record Told(long eventId, int again, String message, Instant at) {}

    /** Whether each of these events only counts up a row that is recent enough, so that nothing of them need be written now. */
    boolean areRepetitions(long jobRunId, List<JobEvent> events, Instant now) {
        return events.stream().allMatch(event -> isRepetition(jobRunId, event, now));
    }

    private boolean isRepetition(long jobRunId, JobEvent event, Instant now) {
        Told before = told.get(same(jobRunId, event));
        return before != null
                && event.mergeWithin().isPresent()
                && now.isBefore(before.at().plus(event.mergeWithin().get()));
    }

    /** Counts events that {@link #areRepetitions}. */
    void count(long jobRunId, List<JobEvent> events, Instant now) {
        for (JobEvent event : events) {
            told.computeIfPresent(
                    same(jobRunId, event),
                    (same, before) -> new Told(before.eventId(), before.again() + 1, event.message(), now));
        }
    }

    /** Notes an event whose row was written just now. What was counted of the same row goes on waiting. */
    void written(long jobRunId, JobEvent event, long eventId, Instant now) {
        told.merge(
                same(jobRunId, event),
                new Told(eventId, 0, event.message(), now),
                (before, latest) -> before.eventId() == eventId
                        ? new Told(eventId, before.again(), latest.message(), latest.at())
                        : latest);
    }

    /** What has not been written yet. */
    List<Told> unwritten() {
        return told.values().stream().filter(t -> t.again() > 0).toList();
    }

    /** Takes off what was written, and forgets what was not told since. */
    void written(List<Told> counts, Instant forgetBefore) {
        Map<Long, Integer> counted = new HashMap<>();
        counts.forEach(t -> counted.put(t.eventId(), t.again()));
        told.replaceAll((same, t) ->
                new Told(t.eventId(), t.again() - counted.getOrDefault(t.eventId(), 0), t.message(), t.at()));
        told.values().removeIf(t -> t.again() == 0 && t.at().isBefore(forgetBefore));
    }

    private static Same same(long jobRunId, JobEvent event) {
        return new Same(jobRunId, event.type(), event.reason(), event.key());
    }
}
