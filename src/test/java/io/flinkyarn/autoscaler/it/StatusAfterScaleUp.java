package io.flinkyarn.autoscaler.it;

import static io.flinkyarn.autoscaler.it.DaemonDatabase.age;
import static io.flinkyarn.autoscaler.it.DaemonDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the database should tell of a {@link LoadJob} named adaptive that was scaled from one subtask of {@code work} to four, and was found to
 * need nothing more; as a daemon leaves it that is stopped.
 */
final class StatusAfterScaleUp {

    private StatusAfterScaleUp() {}

    /**
     * @param rate records/s that arrive
     * @param slotsAreKnown whether Flink tells enough to count them
     */
    static void assertTold(FlinkApplication job, double rate, boolean slotsAreKnown, DaemonDatabase database)
            throws IOException {
        Map<String, Object> now = database.row(
                "SELECT * FROM v_job_current WHERE application_id = ?", job.id().toString());
        assertThat(now)
                .containsEntry("cluster", "yarn")
                .containsEntry("application_name", "adaptive")
                .containsEntry("queue_name", "root.default")
                .containsEntry("user_name", System.getProperty("user.name"))
                .containsEntry("tags", "autoscale")
                .containsEntry("logical_name", "adaptive")
                .containsEntry("job_name", "adaptive")
                .containsEntry("job_id", job.jobId())
                .containsEntry("mode", "SCALING")
                .containsEntry("trouble", null)
                .containsEntry("trouble_since_utc", null)
                .containsEntry("slots", slotsAreKnown ? 4 : null)
                .containsEntry("target_slots", slotsAreKnown ? 4 : null)
                .containsEntry("subtasks", 6L)
                .containsEntry("target_subtasks", 6L)
                .containsEntry("last_rescale", "SCALE_UP")
                .containsEntry("last_outcome", "RUNNING");
        assertThat(now.get("reason")).isIn("WITHIN_BAND", "NO_CHANGE");
        assertThat(number(now, "lag_records")).isNotNegative();
        assertThat(age(now, "last_good_cycle_utc")).isLessThan(Duration.ofMinutes(1));
        assertThat(age(now, "last_seen_utc")).isLessThan(Duration.ofMinutes(1));
        assertThat(age(now, "reason_since_utc")).isLessThan(age(now, "last_rescale_utc"));
        assertThat(age(now, "last_rescale_utc")).isLessThan(age(now, "first_seen_utc"));

        long run = (long) number(now, "job_run_id");
        List<Map<String, Object>> vertices =
                database.rows("SELECT * FROM vertex_status WHERE job_run_id = ? ORDER BY vertex_position", run);
        assertThat(vertices)
                .extracting(
                        v -> v.get("vertex_name"),
                        v -> v.get("parallelism"),
                        v -> v.get("target_parallelism"),
                        v -> v.get("lowest_parallelism"),
                        v -> v.get("highest_parallelism"))
                .containsExactly(
                        tuple("Source: load", 1, 1, 1, 128), tuple("work", 4, 4, 1, 128), tuple("sink", 1, 1, 1, 128));
        Map<String, Object> work = vertices.get(1);
        assertThat(number(work, "true_processing_rate")).isCloseTo(400, withPercentage(20));
        assertThat(number(work, "target_rate")).isCloseTo(rate, withPercentage(20));
        assertThat(number(work, "busy_ratio")).isBetween(0.5, 1.0);

        if (slotsAreKnown) {
            assertSlotHours(run, database);
        }
    }

    private static void assertSlotHours(long run, DaemonDatabase database) throws IOException {
        Map<String, Object> used = database.row(
                "SELECT SUM(slot_hours) AS slot_hours, SUM(recommended_slot_hours) AS recommended_slot_hours,"
                        + " SUM(observed_hours) AS observed_hours FROM v_slot_hours WHERE job_run_id = ?",
                run);
        assertThat(number(used, "slot_hours") / number(used, "observed_hours"))
                .as("slots, first one and then four")
                .isStrictlyBetween(1.0, 4.0);
        assertThat(used.get("recommended_slot_hours")).isEqualTo(used.get("slot_hours"));
    }
}
