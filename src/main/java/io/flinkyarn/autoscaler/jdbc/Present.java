package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobView;
import java.time.Instant;
import java.util.List;

/**
 * The board at one moment. Made by the {@link StatusRecorder}, read by every {@link Recorded} table.
 *
 * @param minute whether a minute has passed, so that what changes all the time is written, too
 */
record Present(List<Run> runs, List<ClusterView> clusters, Instant now, boolean minute) {

    /**
     * A job on the board.
     *
     * @param id of its row in {@code job_run}
     */
    record Run(long id, JobView view) {}
}
