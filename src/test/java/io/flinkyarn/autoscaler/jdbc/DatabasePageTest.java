package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/sql.md to the database: a section {@code ### name: …} per table and view, its columns in the first cells of a Markdown table. */
class DatabasePageTest {

    private static final Path PAGE = Path.of("docs/sql.md");
    private static final Path QUESTIONS = Path.of("scripts/sql");
    private static final Pattern SECTION = Pattern.compile("### (\\w+): .*");
    private static final Pattern CELL = Pattern.compile("\\| ([\\w, ]+) \\|.*");
    private static final Pattern LINK = Pattern.compile("\\(\\.\\./scripts/sql/([^)]*)\\)");

    @Test
    void describesEveryTableViewAndColumnAndNoneThatDoesNotExist() throws Exception {
        Map<String, Set<String>> there = new TreeMap<>();
        try (TestDatabase database = new TestDatabase()) {
            database.rows(
                            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'PUBLIC'")
                    .forEach(row -> there.computeIfAbsent(name(row, "table_name"), table -> new TreeSet<>())
                            .add(name(row, "column_name")));
        }
        there.remove("schema_history");

        assertThat(described()).isEqualTo(there);
    }

    private static String name(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column)).toLowerCase(Locale.ROOT);
    }

    private static Map<String, Set<String>> described() throws IOException {
        Map<String, Set<String>> described = new TreeMap<>();
        Set<String> section = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher heading = SECTION.matcher(line);
            Matcher cell = CELL.matcher(line);
            if (heading.matches()) {
                section = new TreeSet<>();
                described.put(heading.group(1), section);
            } else if (line.startsWith("## ")) {
                section = new TreeSet<>();
            } else if (cell.matches() && !cell.group(1).equals("column")) {
                section.addAll(Arrays.asList(cell.group(1).split(", ")));
            }
        }
        return described;
    }

    @Test
    void linksEveryQuestion() throws IOException {
        Set<String> linked = LINK.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult link) -> link.group(1))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(QUESTIONS)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(linked);
        }
    }
}
