package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.core.sample.Sampling.NotReady;
import io.flinkyarn.autoscaler.flink.JobDetails.Counters;
import io.flinkyarn.autoscaler.flink.JobDetails.Vertex;
import java.util.List;
import java.util.Optional;

/**
 * Whether the metrics of a job are a measurement. Right after a start, a rescale or a failure Flink answers with zeros and with counters of
 * some of the subtasks; a decision on those would be wrong.
 */
final class JobReadiness {

    private JobReadiness() {}

    /** Why the job cannot be sampled now; empty if it can. */
    static Optional<NotReady> lack(JobDetails details) {
        if (!details.state().equals("RUNNING")) {
            return Optional.of(new NotReady("the job is " + details.state() + ", only a RUNNING job is measured"));
        }
        if (details.timestamps().getOrDefault("RUNNING", 0L) <= 0) {
            return Optional.of(new NotReady("Flink does not tell yet since when the job is RUNNING"));
        }
        if (details.vertices().isEmpty()) {
            return Optional.of(new NotReady("Flink shows no vertex of the job yet"));
        }
        int planned = details.plan().nodes().map(List::size).orElse(0);
        if (planned < details.vertices().size()) {
            return Optional.of(new NotReady("Flink's plan of the job shows " + planned + " of its "
                    + details.vertices().size() + " vertices, and how they are connected is not known"));
        }
        return details.vertices().stream()
                .flatMap(v -> lack(v).stream())
                .findFirst()
                .map(why -> new NotReady(why));
    }

    private static Optional<String> lack(Vertex vertex) {
        String name = "vertex '" + vertex.name() + "': ";
        if (vertex.parallelism() < 1 || vertex.maxParallelism() < vertex.parallelism()) {
            return Optional.of(name + "Flink tells parallelism " + vertex.parallelism() + " and max parallelism "
                    + vertex.maxParallelism() + ", which it does not run with");
        }
        if (vertex.isFinished()) {
            return Optional.empty();
        }
        int running = vertex.subtasks("RUNNING");
        if (running != vertex.parallelism()) {
            int finished = vertex.subtasks("FINISHED");
            return Optional.of(name + running + " of " + vertex.parallelism() + " subtasks run"
                    + (finished > 0 ? ", " + finished + " have finished" : ""));
        }
        Counters counters = vertex.metrics();
        if (!counters.readComplete() || !counters.writeComplete()) {
            return Optional.of(name + "not every subtask has reported its records yet ("
                    + (counters.readComplete() ? "write" : "read") + "-records-complete is false)");
        }
        return Optional.empty();
    }
}
