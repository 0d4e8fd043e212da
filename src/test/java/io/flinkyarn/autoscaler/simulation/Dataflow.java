package io.flinkyarn.autoscaler.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a running job: in front of its sources, in the buffers between its vertices, and done. Buffers hold two seconds' work of the
 * vertex that reads them; when they are full, the vertex in front of them has to wait, and so on up to the source, where the lag grows.
 */
final class Dataflow {

    private static final double BUFFERED_SECONDS = 2;

    private final JobModel job;
    private final List<SourceBacklog> backlogs = new ArrayList<>();
    private final double[] buffered;
    private List<VertexRun> runs;

    Dataflow(JobModel job, List<Integer> parallelism) {
        this.job = job;
        this.buffered = new double[job.flows().size()];
        for (int i = 0; i < job.size(); i++) {
            backlogs.add(new SourceBacklog());
        }
        this.runs = start(parallelism);
    }

    private List<VertexRun> start(List<Integer> parallelism) {
        List<VertexRun> started = new ArrayList<>(job.size());
        for (int i = 0; i < job.size(); i++) {
            started.add(new VertexRun(job.vertex(i), parallelism.get(i)));
        }
        return started;
    }

    /** Begins again at the last checkpoint: what is in the buffers was read after it. */
    void restart(List<Integer> parallelism) {
        runs = start(parallelism);
        backlogs.forEach(SourceBacklog::rewind);
        Arrays.fill(buffered, 0);
    }

    /** Remembers how far the sources have read. Flink's barriers let everything before them through first, so the buffers count as empty. */
    void checkpoint() {
        backlogs.forEach(SourceBacklog::checkpoint);
    }

    /** What arrives within a second, whether the job runs or not. */
    void arrive(long second) {
        for (int i = 0; i < job.size(); i++) {
            if (job.vertex(i).load().isPresent()) {
                backlogs.get(i).arrive(job.vertex(i).load().get().at(second));
            }
        }
    }

    /** One second of work. The last vertices come first: they make room for those before them. */
    void work(long second) {
        for (int i = job.size() - 1; i >= 0; i--) {
            work(i, job.vertex(i).speed().at(second));
        }
    }

    private void work(int vertex, double speed) {
        VertexRun run = runs.get(vertex);
        double available = waitingAt(vertex);
        double wanted = Math.min(available, run.capacity() * speed);
        double room = roomBehind(vertex);
        double records = Math.min(wanted, room);
        take(vertex, records, available);
        run.work(records, send(vertex, records), speed, room < wanted);
    }

    /** Records that a vertex could process now. */
    double waitingAt(int vertex) {
        double waiting = backlogs.get(vertex).waiting();
        for (int f = 0; f < buffered.length; f++) {
            if (job.flows().get(f).to() == vertex) {
                waiting += buffered[f];
            }
        }
        return waiting;
    }

    /** Records that a vertex may process before a buffer behind it is full. */
    private double roomBehind(int vertex) {
        double room = Double.POSITIVE_INFINITY;
        for (int f = 0; f < buffered.length; f++) {
            Flow flow = job.flows().get(f);
            if (flow.from() == vertex) {
                double limit = runs.get(flow.to()).capacity() * BUFFERED_SECONDS;
                room = Math.min(room, Math.max(0, limit - buffered[f]) / flow.selectivity());
            }
        }
        return room;
    }

    /** From its inputs alike, in relation to what they hold. */
    private void take(int vertex, double records, double available) {
        if (job.vertex(vertex).load().isPresent()) {
            backlogs.get(vertex).read(records);
            return;
        }
        for (int f = 0; f < buffered.length; f++) {
            if (job.flows().get(f).to() == vertex && available > 0) {
                buffered[f] -= records * buffered[f] / available;
            }
        }
    }

    private double send(int vertex, double records) {
        double sent = 0;
        for (int f = 0; f < buffered.length; f++) {
            Flow flow = job.flows().get(f);
            if (flow.from() == vertex) {
                buffered[f] += records * flow.selectivity();
                sent += records * flow.selectivity();
            }
        }
        return sent;
    }

    VertexRun run(int vertex) {
        return runs.get(vertex);
    }

    SourceBacklog backlog(int source) {
        return backlogs.get(source);
    }

    /** Records in the buffers of one edge. */
    double buffered(int flow) {
        return buffered[flow];
    }

    /** Age of the oldest record that no source has read, s. */
    int lagSeconds() {
        int lag = 0;
        for (SourceBacklog backlog : backlogs) {
            lag = Math.max(lag, backlog.lagSeconds());
        }
        return lag;
    }
}
