package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That nothing is in our SQL which MySQL has learnt only after 5.7, as no MySQL 5.7 is among the servers of the tests. */
class SqlOfMySql57Test {

    private static final List<Path> SQL = List.of(
            Path.of("src/main/resources/db/migration"),
            Path.of("scripts/sql"),
            Path.of("src/main/java/io/flinkyarn/autoscaler/jdbc"));

    /** What MySQL 5.7 does not know, or reads and ignores. */
    enum Newer {
        WINDOW_FUNCTION("\\bOVER\\s*\\(|\\bWINDOW\\s+\\w+\\s+AS\\b", "RANK() OVER (ORDER BY id)"),
        COMMON_TABLE_EXPRESSION(
                "\\bWITH\\s+(RECURSIVE\\s+)?\\w+\\s*(\\([^)]*\\)\\s*)?AS\\s*\\(", "WITH a AS (SELECT 1)"),
        LATERAL("\\bLATERAL\\b", "JOIN LATERAL (SELECT 1) a"),
        SET_OPERATION("\\b(EXCEPT|INTERSECT)\\b", "SELECT 1 EXCEPT SELECT 2"),
        TABLE_OF_VALUES("\\bVALUES\\s+ROW\\b|\\bJSON_TABLE\\b", "VALUES ROW(1)"),
        CHECK("\\bCHECK\\s*\\(", "CHECK (a > 0)"),
        DESCENDING_OR_FUNCTIONAL_INDEX("\\bINDEX\\b[^;\"]*\\([^;\"]*(\\bDESC\\b|\\()", "CREATE INDEX i ON t (a DESC)"),
        COMPUTED_DEFAULT("\\bDEFAULT\\s*\\(", "a INTEGER DEFAULT (1 + 1)"),
        ROW_ALIAS("\\bVALUES\\b[^;\"]*\\)\\s*AS\\s+\\w+\\s+ON\\s+DUPLICATE", "VALUES (1) AS new ON DUPLICATE KEY"),
        RENAMED_COLUMN("\\bRENAME\\s+COLUMN\\b", "ALTER TABLE t RENAME COLUMN a TO b"),
        DROPPED_CONSTRAINT("\\bDROP\\s+(CONSTRAINT|CHECK)\\b", "ALTER TABLE t DROP CONSTRAINT c"),
        LOCK_WITHOUT_WAIT("\\bSKIP\\s+LOCKED\\b|\\bNOWAIT\\b|\\bFOR\\s+SHARE\\b", "FOR UPDATE SKIP LOCKED"),
        REGULAR_EXPRESSION("\\bREGEXP_\\w+\\s*\\(", "REGEXP_REPLACE(a, 'b', 'c')"),
        NEWER_FUNCTION("\\b(GROUPING|ANY_VALUE|JSON_ARRAYAGG|JSON_OBJECTAGG|BIN_TO_UUID)\\s*\\(", "GROUPING(a)"),
        EXISTENCE("\\b(ADD|DROP)\\s+COLUMN\\s+IF\\b|\\bINDEX\\s+IF\\b", "ADD COLUMN IF NOT EXISTS a"),
        OF_OTHER_DATABASES(
                "\\bRETURNING\\b|\\bFILTER\\s*\\(|\\bMERGE\\s+INTO\\b", "INSERT INTO t VALUES (1) RETURNING id");

        private final Pattern pattern;
        private final String example;

        Newer(String pattern, String example) {
            this.pattern = Pattern.compile(pattern);
            this.example = example;
        }

        /** Where a text has it. */
        List<String> in(String text) {
            Matcher found = pattern.matcher(text);
            List<String> places = new ArrayList<>();
            while (found.find()) {
                places.add(found.group());
            }
            return places;
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_not_used(Newer construct) throws IOException {
        assertThat(construct.in(construct.example)).hasSize(1);
        for (Path file : files()) {
            assertThat(construct.in(sql(file))).as("%s in %s", construct, file).isEmpty();
        }
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path directory : SQL) {
            try (Stream<Path> found = Files.list(directory)) {
                files.addAll(found.toList());
            }
        }
        assertThat(files).hasSizeGreaterThan(50);
        return files;
    }

    /** Without comments, which may speak of it. */
    private static String sql(Path file) throws IOException {
        return Files.readString(file).replaceAll("(?m)^\\s*(--|//|\\*|/\\*).*$", "");
    }
}
