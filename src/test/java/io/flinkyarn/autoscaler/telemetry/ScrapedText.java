package io.flinkyarn.autoscaler.telemetry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which metrics, with which labels, stand in a page of Prometheus' text format. */
final class ScrapedText {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9A-Z:]+?)(\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private ScrapedText() {}

    /** Names of the labels by name of the series, as they stand in the lines. */
    static Map<String, Set<String>> series(String text) {
        Map<String, Set<String>> series = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                Set<String> names = series.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
                Matcher label = LABEL.matcher(sample.group(3) == null ? "" : sample.group(3));
                while (label.find()) {
                    names.add(label.group(1));
                }
            }
        }
        return series;
    }

    /** Names of the labels by name of the family, histograms without {@code le} and the ends of their names. */
    static Map<String, Set<String>> labels(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        String family = "";
        boolean histogram = false;
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                family = type.group(1);
                histogram = type.group(2).equals("histogram");
            } else if (!line.startsWith("#") && sample.matches()) {
                Set<String> names = labels.computeIfAbsent(family, name -> new TreeSet<>());
                Matcher label = LABEL.matcher(sample.group(3) == null ? "" : sample.group(3));
                while (label.find()) {
                    if (!histogram || !label.group(1).equals("le")) {
                        names.add(label.group(1));
                    }
                }
            }
        }
        return labels;
    }
}
