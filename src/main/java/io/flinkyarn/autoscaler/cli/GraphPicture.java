package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.jdbc.JobExplanation.Vertex;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The job graph as a tree of lines, a vertex each, with its numbers beside it. A vertex with several inputs hangs on the last of them and names the others. */
final class GraphPicture {

    private static final List<String> HEAD =
            List.of("  job graph", "now", "then", "allowed", "busy", "true rate/s", "target/s", "lag");

    private static final int LONGEST_NAME = 60;

    private final List<Vertex> vertices;
    private final Table table = new Table(HEAD);

    private GraphPicture(List<Vertex> vertices) {
        this.vertices = vertices;
    }

    /** @param vertices in topological order */
    static List<String> lines(List<Vertex> vertices) {
        GraphPicture picture = new GraphPicture(vertices);
        IntStream.range(0, vertices.size())
                .filter(position -> picture.parent(position) < 0)
                .forEach(source -> picture.draw(source, "", ""));
        return picture.table.lines();
    }

    private void draw(int position, String branch, String below) {
        table.add(row(vertices.get(position), "  " + branch + name(position)));
        List<Integer> fed = IntStream.range(position + 1, vertices.size())
                .filter(next -> parent(next) == position)
                .boxed()
                .toList();
        for (int next : fed) {
            boolean last = Objects.equals(next, fed.get(fed.size() - 1));
            draw(next, below + (last ? "└─▶ " : "├─▶ "), below + (last ? "    " : "│   "));
        }
    }

    /** The last of its inputs; -1 for a source. */
    private int parent(int position) {
        return inputs(position).max().orElse(-1);
    }

    /** What was written by another program may name inputs that are none: those are left out, so that no vertex is. */
    private IntStream inputs(int position) {
        return vertices.get(position).fedBy().stream()
                .mapToInt(Integer::intValue)
                .filter(input -> input >= 0 && input < position);
    }

    private String name(int position) {
        String others = inputs(position)
                .filter(input -> input != parent(position))
                .mapToObj(input -> shortened(vertices.get(input).name()))
                .collect(Collectors.joining(", "));
        return shortened(vertices.get(position).name()) + (others.isEmpty() ? "" : " (also from " + others + ")");
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static List<String> row(Vertex vertex, String picture) {
        return List.of(
                picture,
                String.valueOf(vertex.parallelism()),
                vertex.target() == vertex.parallelism() ? "" : "→ " + vertex.target(),
                vertex.lowest() + "-" + vertex.highest(),
                vertex.busyRatio().isPresent() ? Math.round(vertex.busyRatio().getAsDouble() * 100) + " %" : "-",
                number(vertex.trueProcessingRate()),
                number(vertex.targetRate()),
                number(vertex.lag()));
    }

    private static String number(OptionalDouble rate) {
        return rate.isPresent() ? String.format(Locale.ROOT, "%.1f", rate.getAsDouble()) : "-";
    }
}
