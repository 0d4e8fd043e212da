package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.resources.SlotDemand;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The rows of {@code slot_usage} and {@code slot_usage_day}: slots over time, by the hour and by the day in UTC. What passes between two cycles of a job that went through is counted at the slots that it
 * had; a longer pause is not counted at all. Added to the rows once a minute, never set, so that a restart loses a minute at most.
 */
final class SlotUsageRows implements Recorded {

    private static final Upsert<Map.Entry<Stretch, Amount>> HOURS = rows("slot_usage", "hour_start");
    private static final Upsert<Map.Entry<Stretch, Amount>> DAYS = rows("slot_usage_day", "day_start");

    /** What could not be written is kept for so long. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Duration longestGap;
    private final Map<Long, Mark> marks = new HashMap<>();
    private final Map<Stretch, Amount> unwritten = new HashMap<>();

    /** Up to where the time of a job is counted, and what it used then. */
    private record Mark(Instant at, Slots slots) {}

    private record Slots(int used, int recommended) {}

    /** An hour or a day of a job run. */
    private record Stretch(long jobRunId, Instant start) {}

    private record Amount(long observedMs, long slotMs, long recommendedSlotMs) {

        static Amount of(long ms, Slots slots) {
            return new Amount(ms, ms * slots.used(), ms * slots.recommended());
        }

        Amount plus(Amount other) {
            return new Amount(
                    observedMs + other.observedMs, slotMs + other.slotMs, recommendedSlotMs + other.recommendedSlotMs);
        }
    }

    /** @param longestGap between two cycles of a job that is counted */
    SlotUsageRows(Duration longestGap) {
        this.longestGap = longestGap;
    }

    @Override
    public Optional<Difference> difference(Present present) {
        present.runs().forEach(this::count);
        Set<Long> there = present.runs().stream().map(Present.Run::id).collect(Collectors.toSet());
        marks.keySet().retainAll(there);
        Instant oldest = present.now().minus(KEPT);
        unwritten.keySet().removeIf(hour -> hour.start().isBefore(oldest));
        return unwritten.isEmpty() || !present.minute()
                ? Optional.empty()
                : Optional.of(new Difference(
                        handle -> {
                            HOURS.write(handle, unwritten.entrySet());
                            DAYS.write(handle, days().entrySet());
                        },
                        unwritten::clear));
    }

    private void count(Present.Run run) {
        Optional<Slots> slots = slots(run.view());
        Optional<Instant> served = run.view().served();
        if (slots.isEmpty() || served.isEmpty()) {
            marks.remove(run.id());
            return;
        }
        Instant now = served.get();
        Mark before = marks.put(run.id(), new Mark(now, slots.get()));
        if (before != null
                && now.isAfter(before.at())
                && !now.isAfter(before.at().plus(longestGap))) {
            add(run.id(), before.at(), now, before.slots());
        }
    }

    private void add(long jobRunId, Instant from, Instant to, Slots slots) {
        Instant start = from.truncatedTo(ChronoUnit.HOURS);
        Instant end = start.plus(Duration.ofHours(1));
        Instant until = to.isBefore(end) ? to : end;
        unwritten.merge(
                new Stretch(jobRunId, start),
                Amount.of(Duration.between(from, until).toMillis(), slots),
                Amount::plus);
        if (until.isBefore(to)) {
            add(jobRunId, until, to, slots);
        }
    }

    /** Empty for a job that is not sampled, or is not running now. */
    private static Optional<Slots> slots(JobView view) {
        boolean sampled = view.mode() == JobMode.OBSERVING || view.mode() == JobMode.SCALING;
        if (!sampled || !view.job().isRunning() || view.graph().isEmpty()) {
            return Optional.empty();
        }
        OptionalInt used = SlotDemand.of(view.graph().get(), Map.of());
        if (used.isEmpty()) {
            return Optional.empty();
        }
        int recommended = view.mode() == JobMode.OBSERVING
                ? SlotDemand.of(view.graph().get(), view.targets()).orElse(used.getAsInt())
                : used.getAsInt();
        return Optional.of(new Slots(used.getAsInt(), recommended));
    }

    private Map<Stretch, Amount> days() {
        Map<Stretch, Amount> days = new HashMap<>();
        unwritten.forEach((hour, amount) -> days.merge(
                new Stretch(hour.jobRunId(), hour.start().truncatedTo(ChronoUnit.DAYS)), amount, Amount::plus));
        return days;
    }

    private static Upsert<Map.Entry<Stretch, Amount>> rows(String table, String start) {
        return new Upsert<>(
                table,
                "job_run_id = :jobRunId AND " + start + " = :start",
                """
                observed_ms = observed_ms + :observedMs, slot_ms = slot_ms + :slotMs,
                recommended_slot_ms = recommended_slot_ms + :recommendedSlotMs""",
                """
                INSERT INTO %s (job_run_id, %s, observed_ms, slot_ms, recommended_slot_ms)
                VALUES (:jobRunId, :start, :observedMs, :slotMs, :recommendedSlotMs)
                """.formatted(table, start),
                SlotUsageRows::bind);
    }

    private static void bind(SqlStatement<?> statement, Map.Entry<Stretch, Amount> row) {
        statement
                .bind("jobRunId", row.getKey().jobRunId())
                .bind("start", row.getKey().start().toEpochMilli())
                .bind("observedMs", row.getValue().observedMs())
                .bind("slotMs", row.getValue().slotMs())
                .bind("recommendedSlotMs", row.getValue().recommendedSlotMs());
    }
}
