package io.flinkyarn.autoscaler.core.testing;

import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** The sample of a vertex while a test changes what Flink reported of it. For one thread. */
public final class ChangedVertex {

    private final VertexSample reported;
    private Optional<BusyRatio> busy;
    private OptionalDouble backPressuredRatio;
    private OptionalDouble recordsInRate;
    private OptionalDouble readRecords;
    private OptionalDouble writeRecords;
    private OptionalDouble accumulatedBusy;

    private ChangedVertex(VertexSample reported) {
        this.reported = reported;
        busy = reported.busy();
        backPressuredRatio = reported.backPressuredRatio();
        recordsInRate = reported.recordsInRate();
        readRecords = reported.readRecords();
        writeRecords = reported.writeRecords();
        accumulatedBusy = reported.accumulatedBusy();
    }

    /** The sample of the job, as it would be with one vertex changed. */
    public static JobSample in(JobSample job, int vertex, Consumer<ChangedVertex> change) {
        List<VertexSample> vertices = new ArrayList<>(job.vertices());
        ChangedVertex changed = new ChangedVertex(vertices.get(vertex));
        change.accept(changed);
        vertices.set(vertex, changed.sample());
        return new JobSample(job.at(), job.runningSince(), job.graph(), vertices, job.cluster(), job.rescalable());
    }

    public void withBusy(Optional<BusyRatio> ratio) {
        busy = ratio;
    }

    public void withBackPressure(double ratio) {
        backPressuredRatio = OptionalDouble.of(ratio);
    }

    /** Records since the start of the job; without a rate that would say something else. */
    public void withCounters(double read, double written) {
        recordsInRate = OptionalDouble.empty();
        readRecords = OptionalDouble.of(read);
        writeRecords = OptionalDouble.of(written);
    }

    /** Takes so many ms from the accumulated busy time. */
    public void withLessBusyTime(double millis) {
        accumulatedBusy = OptionalDouble.of(accumulatedBusy.orElseThrow() - millis);
    }

    private VertexSample sample() {
        return new VertexSample(
                busy,
                backPressuredRatio,
                recordsInRate,
                reported.sourceRecordsInRate(),
                reported.sourceRecordsIn(),
                reported.sourceRecordsOut(),
                reported.pendingRecords(),
                readRecords,
                writeRecords,
                accumulatedBusy,
                reported.taskTime(),
                reported.finished());
    }
}
