package io.flinkyarn.autoscaler.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists as Flink writes them: entries separated by {@code ;}, in quotes where an entry holds one, or a YAML list in brackets, which is how
 * the REST API of Flink shows a list of its configuration file.
 */
final class ListText {

    private static final YAMLFactory YAML = new YAMLFactory();

    /** An entry in single quotes, in double quotes (either is doubled inside), or anything up to the next separator. */
    private static final Pattern ENTRY =
            Pattern.compile("\\s*(?:'((?:[^']|'')*)'\\s*|\"((?:[^\"]|\"\")*)\"\\s*|([^;]*))(?:;|$)");

    private ListText() {}

    static List<String> parse(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return parseYaml(text);
        }
        List<String> entries = parseSeparated(text);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("expected a list, its entries separated by ';', or [] for none");
        }
        return entries;
    }

    static String print(List<String> entries) {
        return entries.isEmpty() ? "[]" : entries.stream().map(ListText::quote).collect(Collectors.joining(";"));
    }

    private static String quote(String entry) {
        boolean plain = entry.equals(entry.strip()) && !entry.isEmpty() && !entry.matches("['\"\\[].*|.*;.*");
        return plain ? entry : "'" + entry.replace("'", "''") + "'";
    }

    private static List<String> parseSeparated(String text) {
        List<String> entries = new ArrayList<>();
        Matcher matcher = ENTRY.matcher(text);
        while (matcher.lookingAt() && matcher.regionStart() < text.length()) {
            if (matcher.group(1) != null) {
                entries.add(matcher.group(1).replace("''", "'"));
            } else if (matcher.group(2) != null) {
                entries.add(matcher.group(2).replace("\"\"", "\""));
            } else if (!matcher.group(3).isBlank()) {
                entries.add(matcher.group(3).strip());
            }
            matcher.region(matcher.end(), text.length());
        }
        return entries;
    }

    private static List<String> parseYaml(String text) {
        try (JsonParser parser = YAML.createParser(text)) {
            List<String> entries = new ArrayList<>();
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == null || !token.isScalarValue()) {
                    throw new IllegalArgumentException("expected a plain YAML list such as [a, b]");
                }
                entries.add(parser.getText());
            }
            return entries;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "expected a YAML list such as [a, b]; an entry that begins with * needs quotes", e);
        }
    }
}
