package io.flinkyarn.autoscaler.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that an expression of PromQL names, and the labels that it selects, groups or joins by. Knows as much of the language as our own expressions use. */
record PromQl(Set<String> metrics, Set<String> labels) {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\()\\b");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "bool", "group_left", "group_right");

    static PromQl of(String expression) {
        Set<String> labels = new TreeSet<>();
        String rest = STRING.matcher(expression).replaceAll("\"\"");
        for (String list : groups(GROUPING, rest)) {
            for (String label : list.split(",")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
        }
        for (String matchers : groups(MATCHERS, rest)) {
            labels.addAll(groups(MATCHER, matchers));
        }
        rest = RANGE.matcher(
                        MATCHERS.matcher(GROUPING.matcher(rest).replaceAll(" ")).replaceAll(" "))
                .replaceAll(" ");
        Set<String> metrics = new TreeSet<>();
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            boolean function = rest.substring(name.end()).stripLeading().startsWith("(");
            if (!function && !WORDS.contains(name.group())) {
                metrics.add(name.group());
            }
        }
        labels.remove("le");
        return new PromQl(metrics, labels);
    }

    private static List<String> groups(Pattern pattern, String text) {
        List<String> groups = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            groups.add(matcher.group(1));
        }
        return groups;
    }
}
