package io.flinkyarn.autoscaler.week;

import static io.flinkyarn.autoscaler.week.Expected.day;
import static io.flinkyarn.autoscaler.week.Expected.near;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.week.Answers.Row;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is asked about slots, held against what Flink really gave. The database counts from cycle to cycle, and may be a cycle off. */
class SlotQuestionsTest {

    private final Week week = Week.over();
    private final Answers answers = week.answers();

    @Test
    void tells_what_observe_mode_would_save() throws Exception {
        List<Row> savings = answers.toFile("savings-observe-mode.sql");

        assertThat(savings).extracting(row -> row.get("job_name")).containsExactlyInAnyOrder("invoices", "classic");
        for (Row row : savings) {
            Predicate<SlotBook.Cycle> ofJob = cycle -> cycle.job().name().equals(row.get("job_name"));
            double used = week.slots().slotHours(ofJob);
            double recommended = week.slots().recommendedSlotHours(ofJob);
            near(row.get("slot_hours"), used, 0.01 * used);
            near(row.get("recommended_slot_hours"), recommended, 0.01 * used);
            near(row.get("slot_hours_to_save"), used - recommended, 0.02 * used);
        }
    }

    @Test
    void tells_the_slot_hours_per_queue_and_day() throws Exception {
        List<Row> perQueue = answers.toFile("slot-hours-per-queue.sql");

        assertThat(perQueue).hasSize(2 + 3 * 7);
        for (Row row : perQueue) {
            double used = week.slots()
                    .slotHours(cycle -> isCounted(cycle)
                            && cycle.job().application().queue().equals(row.get("queue_name"))
                            && day(cycle.at()).equals(row.get("day_utc")));
            near(row.get("slot_hours"), used, 0.03 * used);
        }
    }

    @Test
    void tells_the_slot_hours_per_tag() throws Exception {
        List<Row> perTag = answers.toFile("slot-hours-per-tag.sql");

        assertThat(perTag)
                .extracting(row -> row.get("tag"))
                .containsExactlyInAnyOrder("team-orders", "team-web", "nightly");
        for (Row row : perTag) {
            double used = week.slots()
                    .slotHours(cycle -> isCounted(cycle)
                            && cycle.job().application().tags().contains(String.valueOf(row.get("tag"))));
            near(row.get("slot_hours"), used, 0.03 * used);
        }
    }

    private static boolean isCounted(SlotBook.Cycle cycle) {
        long second = Week.second(cycle.at());
        return Plan.isSampled(cycle.job())
                && Plan.answers(cycle.job(), second)
                && Plan.status(cycle.job(), second).equals("RUNNING");
    }
}
