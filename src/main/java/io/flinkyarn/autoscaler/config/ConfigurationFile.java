package io.flinkyarn.autoscaler.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a YAML file of options, their keys nested, flat ({@code job.autoscaler.enabled: true}) or mixed, and remembers the line of each. A
 * file that is not there says nothing.
 */
final class ConfigurationFile {

    private static final YAMLFactory YAML = new YAMLFactory();

    /** Keys of the lists whose entries are mappings. */
    private static final Set<String> LISTS = Set.of(ClusterOptions.LIST, NamedPolicyOptions.LIST, ReceiverOptions.LIST);

    private final Path file;
    private final JsonParser parser;
    private final Written.Collector found;

    private ConfigurationFile(Path file, JsonParser parser, Written.Collector found) {
        this.file = file;
        this.parser = parser;
        this.found = found;
    }

    static Written read(Path file) {
        Written.Collector found = new Written.Collector();
        if (Files.exists(file)) {
            try (JsonParser parser = YAML.createParser(Files.readString(file))) {
                new ConfigurationFile(file, parser, found).readDocument();
            } catch (JacksonException e) {
                Optional<Integer> line = Optional.ofNullable(e.getLocation()).map(location -> location.getLineNr());
                found.add(problem(
                        file,
                        line,
                        "this is no YAML: %s. A value that begins with * or holds ': ' needs quotes"
                                .formatted(firstLine(e.getOriginalMessage()))));
            } catch (IOException e) {
                found.add(problem(file, Optional.empty(), "cannot be read (" + e + "); give this user the permission"));
            }
        }
        return found.written();
    }

    private void readDocument() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            readMapping("");
        } else if (token != null && token != JsonToken.VALUE_NULL) {
            found.add(problem(file, line(), "expected lines such as job.autoscaler.enabled: true"));
        }
    }

    private void readMapping(String prefix) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            Optional<Integer> line = line();
            switch (parser.nextToken()) {
                case START_OBJECT -> readMapping(key + ".");
                case START_ARRAY -> readList(key, line);
                case VALUE_NULL -> add(key, "", line);
                default -> add(key, parser.getText(), line);
            }
        }
    }

    private void readList(String key, Optional<Integer> line) throws IOException {
        List<String> values = new ArrayList<>();
        int mappings = 0;
        boolean other = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken().isScalarValue()) {
                values.add(parser.getText());
            } else if (parser.currentToken() == JsonToken.START_OBJECT && LISTS.contains(key)) {
                readMapping(Entries.prefix(key, mappings++));
            } else {
                other = true;
                parser.skipChildren();
            }
        }
        if (other) {
            found.add(problem(file, line, key + ": expected a list of plain values"));
        } else if (mappings == 0) {
            add(key, ListText.print(values), line);
        } else if (!values.isEmpty()) {
            found.add(problem(file, line, key + ": expected mappings only, such as - name: production"));
        }
    }

    private void add(String key, String text, Optional<Integer> line) {
        found.add(new Setting(key, text, new Origin.File(file.toString(), line)));
    }

    private Optional<Integer> line() {
        return Optional.of(parser.currentTokenLocation().getLineNr());
    }

    private static Problem problem(Path file, Optional<Integer> line, String message) {
        return new Problem(file.toString(), new Origin.File(file.toString(), line) + ": " + message);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
