package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One job under Flink's adaptive scheduler, in a cluster with so many slots. All vertices share slots, so the job takes as many as its largest
 * parallelism.
 *
 * <pre>
 *   RUNNING ──(declared something that can be reached, containers are there)──▶ down ──(restore)──▶ RUNNING
 * </pre>
 */
final class SimulatedFlink {

    /** From a declaration until the new TaskManagers are there, s; the job runs on meanwhile. */
    static final long CONTAINERS = 10;
    /** How long the scheduler waits for slots that do not come before it takes what there is, s. */
    static final long RESOURCE_STABILIZATION = 60;
    /** From cancelling the tasks until those at the new parallelism have restored their state, s. */
    static final long RESTORE = 45;

    static final long CHECKPOINT_INTERVAL = 60;

    private static final long NEVER = Long.MAX_VALUE;

    private final JobModel job;
    private final int slots;
    private final Outage outage;
    private final Dataflow dataflow;
    private final List<Change> changes = new ArrayList<>();
    private List<Integer> declared;
    private List<Integer> parallelism;
    private JobGraph graph;
    private long second = -1;
    private long runningSince;
    private long rescaleAt = NEVER;
    private long upAt;

    /** What Flink really did: one restart at another parallelism. */
    record Change(long second, List<Integer> from, List<Integer> to) {}

    /** A time in which the job does not run, for reasons of its own. */
    record Outage(long from, long to) {

        static final Outage NONE = new Outage(NEVER, NEVER);
    }

    SimulatedFlink(JobModel job, List<Integer> parallelism, int slots, Outage outage) {
        this.job = job;
        this.slots = slots;
        this.outage = outage;
        this.declared = List.copyOf(parallelism);
        this.parallelism = reachable();
        this.graph = job.graph(this.parallelism);
        this.dataflow = new Dataflow(job, this.parallelism);
    }

    /** The next second. */
    void advance() {
        second++;
        dataflow.arrive(second);
        if (second == outage.from()) {
            stop(outage.to());
        } else if (second >= rescaleAt) {
            stop(second + RESTORE);
        } else if (second == upAt && second > 0) {
            start();
        }
        if (isRunning()) {
            dataflow.work(second);
            if ((second - runningSince) % CHECKPOINT_INTERVAL == CHECKPOINT_INTERVAL - 1) {
                dataflow.checkpoint();
            }
        }
    }

    private void stop(long until) {
        upAt = until;
        rescaleAt = NEVER;
    }

    private void start() {
        List<Integer> next = reachable();
        if (!next.equals(parallelism)) {
            changes.add(new Change(second, parallelism, next));
        }
        parallelism = next;
        graph = job.graph(next);
        dataflow.restart(next);
        runningSince = second;
    }

    /** {@code PUT /jobs/:id/resource-requirements}: the scheduler rescales the job when it has the slots, or has waited for them in vain. */
    void declare(Map<VertexId, Integer> target) {
        List<Integer> wanted = new ArrayList<>(declared);
        for (int i = 0; i < job.size(); i++) {
            wanted.set(i, target.getOrDefault(JobModel.id(i), declared.get(i)));
        }
        if (wanted.equals(declared)) {
            return;
        }
        declared = List.copyOf(wanted);
        boolean enough = reachable().equals(declared);
        rescaleAt =
                reachable().equals(parallelism) ? NEVER : second + CONTAINERS + (enough ? 0 : RESOURCE_STABILIZATION);
    }

    private List<Integer> reachable() {
        return declared.stream().map(p -> Math.min(p, slots)).toList();
    }

    boolean isRunning() {
        return second >= upAt;
    }

    /** Second of the last start. */
    long runningSince() {
        return runningSince;
    }

    JobGraph graph() {
        return graph;
    }

    List<Integer> parallelism() {
        return parallelism;
    }

    /** Those that the job holds, also while it restarts. */
    int slotsUsed() {
        return Collections.max(parallelism);
    }

    List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    Dataflow dataflow() {
        return dataflow;
    }
}
