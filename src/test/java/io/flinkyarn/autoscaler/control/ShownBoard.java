package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;

/** A board for tests of other rooms, to which they write themselves what the loop and the ticks write in the daemon. */
public final class ShownBoard {

    public final Board board = new Board();

    public void show(ClusterView view) {
        board.show(view);
    }

    public void show(JobView view) {
        board.show(view);
    }

    public void forget(JobKey job) {
        board.forget(job);
    }
}
