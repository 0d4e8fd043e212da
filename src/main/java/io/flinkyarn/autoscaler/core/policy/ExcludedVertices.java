package io.flinkyarn.autoscaler.core.policy;

import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.util.List;
import java.util.Set;

/** The job vertices that are never scaled, by id or by name. */
public record ExcludedVertices(Set<VertexId> ids, List<NamePattern> names) {

    /** All may be scaled. */
    public static final ExcludedVertices NONE = new ExcludedVertices(Set.of(), List.of());

    public ExcludedVertices {
        ids = Set.copyOf(ids);
        names = List.copyOf(names);
    }

    public boolean covers(JobVertex vertex) {
        return ids.contains(vertex.id()) || names.stream().anyMatch(pattern -> pattern.matches(vertex.name()));
    }
}
