package io.flinkyarn.autoscaler.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to submit: the job {@code Source: load → work → sink} whose load and cost are known, see {@code src/it/flink}.
 *
 * @param name of the application
 * @param tags of the application
 * @param partitions of the source
 * @param cost how long one subtask of {@code work} is busy with one record
 * @param options of Flink, in addition to (and stronger than) those that make it small and quick
 */
public record LoadJob(String name, Set<String> tags, int partitions, Duration cost, Map<String, String> options) {

    /** The names of the job's vertices, from the source to the sink. */
    public static final List<String> VERTICES = List.of("Source: load", "work", "sink");

    public LoadJob {
        tags = Set.copyOf(tags);
        options = Map.copyOf(options);
    }
}
