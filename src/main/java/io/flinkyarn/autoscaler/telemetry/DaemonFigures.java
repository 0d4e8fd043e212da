package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.ClusterView.Standing;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The key figures of the daemon, read off the board when somebody asks. Registered with JMX by {@link FiguresByJmx}. */
final class DaemonFigures implements DaemonFiguresMXBean {

    private final Board board;
    private final RequestLog requests;
    private final Supplier<DatabaseFigures> database;
    private final String version;

    DaemonFigures(Board board, RequestLog requests, Supplier<DatabaseFigures> database, String version) {
        this.board = board;
        this.requests = requests;
        this.database = database;
        this.version = version;
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public int getClusters() {
        return board.clusters().size();
    }

    @Override
    public int getClustersReachable() {
        return (int) board.clusters().stream()
                .map(ClusterView::standing)
                .filter(Standing.REACHABLE::equals)
                .count();
    }

    @Override
    public int getJobs() {
        return board.jobs().size();
    }

    @Override
    public int getJobsScaled() {
        return jobs(view -> view.mode() == JobMode.SCALING);
    }

    @Override
    public int getJobsObserved() {
        return jobs(view -> view.mode() == JobMode.OBSERVING);
    }

    @Override
    public int getJobsUnserved() {
        return jobs(view -> view.trouble().isPresent());
    }

    @Override
    public int getRescalesUnderWay() {
        return jobs(view -> view.rescale()
                .map(Reconciliation::phase)
                .filter(Reconciliation.Phase::isOpen)
                .isPresent());
    }

    @Override
    public String getLastServed() {
        return board.jobs().stream()
                .map(JobView::served)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse("");
    }

    @Override
    public boolean isStoreAnswering() {
        return database.get().absence().isEmpty();
    }

    @Override
    public long getRequests() {
        return requests.total();
    }

    private int jobs(Predicate<JobView> which) {
        return (int) board.jobs().stream().filter(which).count();
    }
}
