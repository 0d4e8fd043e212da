package io.flinkyarn.autoscaler.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which metrics of a vertex are asked for. Those of every vertex are known by name; those of a source bear the name of its operator, so the
 * source's list of names has to be read first.
 *
 * @param names to be asked for
 * @param sourcePartitions told by the list of names; empty where it does not tell
 */
record VertexMetricNames(List<String> names, OptionalInt sourcePartitions) {

    static final String BUSY = "busyTimeMsPerSecond";
    static final String BACK_PRESSURED = "backPressuredTimeMsPerSecond";
    static final String RECORDS_IN_RATE = "numRecordsInPerSecond";
    /** A dot ends the name of an operator, in which Flink writes {@code _} for blanks, dots, colons and commas. */
    static final Pattern SOURCE_RECORDS_IN_RATE = Pattern.compile("Source__[^.]*\\.numRecordsInPerSecond");

    static final Pattern SOURCE_RECORDS_IN = Pattern.compile("Source__[^.]*\\.numRecordsIn");
    static final Pattern SOURCE_RECORDS_OUT = Pattern.compile("Source__[^.]*\\.numRecordsOut");
    static final Pattern PENDING_RECORDS = Pattern.compile(".+\\.pendingRecords");

    /** What a vertex with inputs is asked for. */
    static final VertexMetricNames INNER =
            new VertexMetricNames(List.of(BUSY, BACK_PRESSURED, RECORDS_IN_RATE), OptionalInt.empty());

    private static final List<Pattern> OF_SOURCES =
            List.of(SOURCE_RECORDS_IN_RATE, SOURCE_RECORDS_IN, SOURCE_RECORDS_OUT, PENDING_RECORDS);

    /** A name above it leaves no room in a URL. */
    private static final int LONGEST = 3000;

    VertexMetricNames {
        names = List.copyOf(names);
    }

    /** What a source is asked for, picked from the list of all its metrics. */
    static VertexMetricNames ofSource(List<String> listed) {
        List<String> names = new ArrayList<>(INNER.names);
        listed.stream().filter(VertexMetricNames::isOfSources).sorted().forEach(names::add);
        return new VertexMetricNames(names, SourcePartitions.count(listed));
    }

    private static boolean isOfSources(String name) {
        return OF_SOURCES.stream().anyMatch(p -> p.matcher(name).matches());
    }

    /** The names that cannot be asked for: braces break the web proxy of Hadoop 3.5 (500), and some operators have names like novels. */
    List<String> unaskable(boolean proxied) {
        return names.stream().filter(n -> isUnaskable(n, proxied)).toList();
    }

    VertexMetricNames without(List<String> unaskable) {
        Stream<String> rest = names.stream().filter(n -> !unaskable.contains(n));
        return new VertexMetricNames(rest.toList(), sourcePartitions);
    }

    private static boolean isUnaskable(String name, boolean proxied) {
        return MetricQuery.length(name) > LONGEST || (proxied && (name.contains("{") || name.contains("}")));
    }
}
