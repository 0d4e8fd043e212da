package io.flinkyarn.autoscaler.core.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The vertices of a job in topological order, and the edges between them. Made by the metrics collector from Flink's job plan. A vertex is
 * addressed by its position in {@link #vertices()} wherever numbers are kept in arrays.
 */
public final class JobGraph {

    private final List<JobVertex> vertices;
    private final List<VertexId> ids;
    private final List<Edge> edges;
    private final Map<VertexId, Integer> positions;
    private final List<List<Integer>> inputs;
    private final List<List<Integer>> outputs;
    private final boolean[] hashInput;

    private JobGraph(List<JobVertex> sorted, List<Edge> edges) {
        this.vertices = List.copyOf(sorted);
        this.ids = vertices.stream().map(JobVertex::id).toList();
        this.edges = List.copyOf(edges);
        this.positions = positions(vertices);
        this.inputs = neighbors(Edge::to, Edge::from);
        this.outputs = neighbors(Edge::from, Edge::to);
        this.hashInput = new boolean[vertices.size()];
        for (Edge edge : edges) {
            hashInput[position(edge.to())] |= edge.shipStrategy() == ShipStrategy.HASH;
        }
    }

    /** By position of a vertex, the positions of those at the other end of its edges, ascending. */
    private List<List<Integer>> neighbors(Function<Edge, VertexId> here, Function<Edge, VertexId> there) {
        return ids.stream()
                .map(id -> edges.stream()
                        .filter(e -> here.apply(e).equals(id))
                        .map(e -> position(there.apply(e)))
                        .distinct()
                        .sorted()
                        .toList())
                .toList();
    }

    /**
     * Orders the vertices topologically; vertices that do not depend on each other keep their given order.
     *
     * @throws IllegalArgumentException if a vertex is given twice, an edge names an unknown vertex, or the edges form a circle
     */
    public static JobGraph of(List<JobVertex> vertices, List<Edge> edges) {
        Map<VertexId, Integer> given = positions(vertices);
        int[] missing = new int[vertices.size()];
        Map<VertexId, List<Integer>> followers = new HashMap<>();
        for (Edge edge : edges) {
            if (!given.containsKey(edge.from()) || !given.containsKey(edge.to())) {
                throw new IllegalArgumentException(
                        "edge " + edge.from() + " -> " + edge.to() + " names a vertex that the job does not have");
            }
            int to = given.get(edge.to());
            missing[to]++;
            followers.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(to);
        }
        Queue<Integer> ready = new ArrayDeque<>();
        Set<Integer> open = new TreeSet<>();
        for (int i = 0; i < missing.length; i++) {
            (missing[i] == 0 ? ready : open).add(i);
        }
        List<JobVertex> sorted = new ArrayList<>(vertices.size());
        while (!ready.isEmpty()) {
            JobVertex next = vertices.get(ready.remove());
            sorted.add(next);
            for (int to : followers.getOrDefault(next.id(), List.of())) {
                if (--missing[to] == 0 && open.remove(to)) {
                    ready.add(to);
                }
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("the job graph has a circle through vertex "
                    + vertices.get(open.iterator().next()).id());
        }
        return new JobGraph(sorted, edges);
    }

    private static Map<VertexId, Integer> positions(List<JobVertex> vertices) {
        Map<VertexId, Integer> positions = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            if (positions.put(vertices.get(i).id(), i) != null) {
                throw new IllegalArgumentException("vertex " + vertices.get(i).id() + " is given twice");
            }
        }
        return positions;
    }

    /** In topological order: every vertex stands behind its inputs. */
    public List<JobVertex> vertices() {
        return vertices;
    }

    /** The ids of {@link #vertices()}, in the same order. */
    public List<VertexId> ids() {
        return ids;
    }

    public List<Edge> edges() {
        return edges;
    }

    public int size() {
        return vertices.size();
    }

    public JobVertex vertex(int position) {
        return vertices.get(position);
    }

    public Optional<JobVertex> vertex(VertexId id) {
        return Optional.ofNullable(positions.get(id)).map(vertices::get);
    }

    /** Position of a vertex that the job is known to have. */
    private int position(VertexId id) {
        return Objects.requireNonNull(positions.get(id));
    }

    /** Positions of the vertices that feed this one, without duplicates; empty for a source. */
    public List<Integer> inputs(int position) {
        return inputs.get(position);
    }

    /** Positions of the vertices that this one feeds, without duplicates. */
    public List<Integer> outputs(int position) {
        return outputs.get(position);
    }

    public boolean isSource(int position) {
        return inputs.get(position).isEmpty();
    }

    /** Whether records reach this vertex partitioned by key, over at least one of its edges. */
    public boolean hasHashInput(int position) {
        return hashInput[position];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobGraph graph && vertices.equals(graph.vertices) && edges.equals(graph.edges);
    }

    @Override
    public int hashCode() {
        return 31 * vertices.hashCode() + edges.hashCode();
    }

    @Override
    public String toString() {
        return "JobGraph[vertices=" + vertices + ", edges=" + edges + "]";
    }
}
