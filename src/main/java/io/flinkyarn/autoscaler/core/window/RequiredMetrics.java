package io.flinkyarn.autoscaler.core.window;

import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import java.util.ArrayList;
import java.util.List;

/** The metrics without which a sample is none. A metric that exists but is not a number is not missing. */
final class RequiredMetrics {

    private RequiredMetrics() {}

    /** What is missing, each as "metric of vertex"; empty where all is there. */
    static List<String> missing(JobSample sample) {
        List<String> missing = new ArrayList<>(0);
        JobGraph graph = sample.graph();
        for (int i = 0; i < graph.size(); i++) {
            VertexSample vertex = sample.vertices().get(i);
            if (vertex.finished() || graph.vertex(i).finished()) {
                continue;
            }
            String name = graph.vertex(i).name();
            if (vertex.busy().isEmpty()) {
                missing.add("busyTimeMsPerSecond of " + name);
            }
            if (graph.isSource(i)) {
                addMissingOfSource(vertex, name, missing);
            }
        }
        return missing;
    }

    private static void addMissingOfSource(VertexSample source, String name, List<String> missing) {
        if (source.backPressuredRatio().isEmpty()) {
            missing.add("backPressuredTimeMsPerSecond of " + name);
        }
        if (source.sourceRecordsInRate().isEmpty()) {
            missing.add("Source__*.numRecordsInPerSecond of " + name);
        }
        if (source.sourceRecordsIn().isEmpty()) {
            missing.add("Source__*.numRecordsIn of " + name);
        }
    }
}
