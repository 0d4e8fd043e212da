package io.flinkyarn.autoscaler.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scaling report of Flink's own autoscaler says. Read from its text, which is the only form in which it keeps one:
 *
 * <pre>
 *   { Vertex ID id | Parallelism p -> p' | Processing capacity rate -> expected | Target data rate rate}
 * </pre>
 *
 * @param recommendedOnly whether it says that it was not carried out
 */
record FlinkScalingReport(boolean recommendedOnly, List<Line> lines) {

    /** Rates in records/s; empty for one that is no finite number. */
    record Line(
            String vertexId,
            int from,
            int to,
            OptionalDouble capacity,
            OptionalDouble expected,
            OptionalDouble target) {}

    private static final Pattern LINE =
            Pattern.compile("\\{\\s*Vertex ID ([0-9a-fA-F]{32}) \\| Parallelism (\\d{1,9}) -> (\\d{1,9})"
                    + " \\| Processing capacity (\\S+) -> (\\S+) \\| Target data rate ([^\\s}]+)\\s*}");

    private static final Pattern BEGINNING_OF_LINE = Pattern.compile("\\{\\s*Vertex ID");

    /** @throws IllegalArgumentException with what is wrong, if a part of it has another form */
    static FlinkScalingReport parse(String message) {
        List<Line> lines = new ArrayList<>();
        Matcher line = LINE.matcher(message);
        while (line.find()) {
            lines.add(new Line(
                    line.group(1),
                    Integer.parseInt(line.group(2)),
                    Integer.parseInt(line.group(3)),
                    rate(line.group(4)),
                    rate(line.group(5)),
                    rate(line.group(6))));
        }
        long expected = BEGINNING_OF_LINE.matcher(message).results().count();
        if (lines.isEmpty() || lines.size() != expected) {
            throw new IllegalArgumentException(
                    "of the " + expected + " vertices in its scaling report " + lines.size()
                            + " can be read: expected { Vertex ID … | Parallelism … -> … | Processing capacity … -> … | Target data rate … }");
        }
        return new FlinkScalingReport(message.contains("ecommended"), lines);
    }

    private static OptionalDouble rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            return Double.isFinite(rate) ? OptionalDouble.of(rate) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the rate '" + text + "' in its scaling report is no number", e);
        }
    }
}
