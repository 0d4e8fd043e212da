package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.jdbc.FlinkDecision.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scaling report of Flink's own autoscaler: an event whose text tells of a decision.
 *
 * <pre>
 *   { Vertex ID id | Parallelism p -> p' | Processing capacity rate -> expected | Target data rate rate}
 * </pre>
 */
final class FlinkScalingReport {

    private static final Pattern LINE =
            Pattern.compile("\\{\\s*Vertex ID ([0-9a-fA-F]{32}) \\| Parallelism (\\d{1,9}) -> (\\d{1,9})"
                    + " \\| Processing capacity (\\S+) -> (\\S+) \\| Target data rate ([^\\s}]+)\\s*}");

    private static final Pattern BEGINNING_OF_LINE = Pattern.compile("\\{\\s*Vertex ID");

    private FlinkScalingReport() {}

    /** @throws UnreadableRow with what is wrong, if a part of it has another form */
    static FlinkDecision parse(String message, Instant at) throws UnreadableRow {
        List<Change> lines = new ArrayList<>();
        Matcher line = LINE.matcher(message);
        while (line.find()) {
            lines.add(new Change(
                    new VertexId(line.group(1)),
                    Integer.parseInt(line.group(2)),
                    Integer.parseInt(line.group(3)),
                    rate(line.group(4)),
                    rate(line.group(5)),
                    rate(line.group(6))));
        }
        long expected = BEGINNING_OF_LINE.matcher(message).results().count();
        if (lines.isEmpty() || lines.size() != expected) {
            throw new UnreadableRow(
                    "of the " + expected + " vertices in its scaling report " + lines.size()
                            + " can be read: expected { Vertex ID … | Parallelism … -> … | Processing capacity … -> … | Target data rate … }");
        }
        return new FlinkDecision(at, message.contains("ecommended"), lines);
    }

    private static OptionalDouble rate(String text) throws UnreadableRow {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new UnreadableRow("the rate '" + text + "' in its scaling report is no number");
        }
    }
}
