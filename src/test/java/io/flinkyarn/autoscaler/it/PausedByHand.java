package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.DaemonDatabase.Rescale;
import java.io.IOException;
import java.time.Duration;

/** A job that a person pauses by the command, while a running daemon would scale it down, and resumes when it has been explained. */
final class PausedByHand {

    private PausedByHand() {}

    /**
     * Returns when the job may be rescaled again.
     *
     * @param name of the job; its vertex {@code work} runs with four subtasks, and needs one
     */
    static void assertNotRescaledUntilResumed(
            AutoscalerProcess daemon, FlinkApplication job, String name, Duration patience) throws IOException {
        String id = job.id().toString();
        DaemonDatabase database = new DaemonDatabase(daemon.jdbcUrl());
        assertThat(daemon.order("pause", name, "--reason", "release tonight", "--user", "ann"))
                .contains(name + " is paused, by ann; 1 job is concerned");
        Await.until(
                "the paused job tells that it would be scaled down",
                patience,
                () -> database.count(
                                "v_job_current WHERE application_id = ? AND reason = 'PAUSED' AND detail LIKE 'by ann since %: release tonight'"
                                        + " AND subtasks = 6 AND target_subtasks = 3",
                                id)
                        == 1);
        assertThat(daemon.explain(name))
                .contains("holds, somebody has paused the job: by ann since ", "release tonight")
                .containsPattern("└─▶ work +4 +→ 1 ")
                .contains("job.autoscaler.restore-parallelism.enabled: true  (job, configuration of the Flink job)");
        assertThat(database.rescales(id)).extracting(Rescale::triggeredBy).containsExactly("RESTORE");
        assertThat(job.runningParallelism().orElseThrow()).containsEntry("work", 4);

        assertThat(daemon.order("resume", name, "--user", "bob")).contains(name + " is resumed, by bob");
        assertThat(
                        database.rows(
                                "SELECT action, user_name, reason FROM manual_action WHERE user_name IN ('ann', 'bob') ORDER BY id"))
                .extracting(action -> action.get("action") + " " + action.get("user_name") + " " + action.get("reason"))
                .containsExactly("PAUSE ann release tonight", "RESUME bob null");
    }
}
