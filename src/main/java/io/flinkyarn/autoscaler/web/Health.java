package io.flinkyarn.autoscaler.web;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the daemon is well: {@code /-/healthy} for whoever restarts it, {@code /-/ready} for whoever asks whether it works on jobs. Both answer
 * 200 or 503, with the cause. Any thread may ask.
 */
public final class Health {

    /** So many cycles may be missed: one may hang until its deadline. */
    private static final int CYCLES = 5;

    private static final Duration AT_LEAST = Duration.ofMinutes(2);

    private final Supplier<Instant> lastBeat;
    private final Duration patience;
    private final Board board;
    private final Supplier<Optional<Absence>> database;
    private final Clock clock;

    /**
     * @param lastBeat when the loop last moved
     * @param interval of the loop
     * @param database since when the store does not answer
     */
    public Health(
            Supplier<Instant> lastBeat,
            Duration interval,
            Board board,
            Supplier<Optional<Absence>> database,
            Clock clock) {
        this.lastBeat = lastBeat;
        this.patience = max(interval.multipliedBy(CYCLES), AT_LEAST);
        this.board = board;
        this.database = database;
        this.clock = clock;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** The loop moves. */
    Answer healthy() {
        Instant beat = lastBeat.get();
        return clock.instant().isAfter(beat.plus(patience))
                ? Answer.text(
                        Answer.UNAVAILABLE,
                        "the loop has not moved since " + beat + ", for more than " + patience.toSeconds()
                                + " s: restart the daemon, and keep its log and a thread dump")
                : Answer.text(Answer.OK, "the loop moves");
    }

    /** At least one cluster was listed and answers, and the database takes what is decided. */
    Answer ready() {
        Optional<Absence> absence = database.get();
        if (absence.isPresent()) {
            return Answer.text(
                    Answer.UNAVAILABLE,
                    "the database does not answer since " + absence.get().since());
        }
        List<ClusterView> clusters = board.clusters();
        if (clusters.stream().noneMatch(cluster -> cluster.standing() == Standing.REACHABLE)) {
            return Answer.text(
                    Answer.UNAVAILABLE,
                    clusters.stream().allMatch(cluster -> cluster.standing() == Standing.NOT_LISTED_YET)
                            ? "no cluster was listed yet"
                            : "no cluster answers");
        }
        return Answer.text(Answer.OK, "jobs are looked after");
    }
}
