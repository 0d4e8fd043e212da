package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What opening a database does to its tables, and which tables it refuses. */
class DatabaseOpeningTest {

    private final DatabaseAccess access = TestDatabase.server.newDatabase();

    @Test
    void makesTheTablesOnceAndSaysSo() throws Exception {
        try (Database first = Database.open(access)) {
            assertThat(first.schema().sentence()).startsWith("were made, with version ");
        }
        for (Purpose purpose : Purpose.values()) {
            try (Database again = Database.open(access, purpose)) {
                assertThat(again.schema().sentence()).matches("have version \\d+ already");
            }
        }
    }

    @Test
    void twoMayOpenANewDatabaseAtOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<String> open = () -> {
            start.await();
            try (Database database = Database.open(access)) {
                return database.schema().to();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<String> opened : threads.invokeAll(List.of(open, open))) {
                assertThat(opened.get()).isNotEmpty();
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATE_AND_WRITE")
    void makesNoTablesWhereItShallNot(Purpose purpose) throws Exception {
        if (TestDatabase.server.name().startsWith("H2")) {
            // An empty file, which is otherwise told of as missing.
            DriverManager.getConnection(
                            access.url(),
                            access.user().orElse(""),
                            access.password().orElse(""))
                    .close();
        }
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Database.open(access, purpose))
                .withMessage("The database " + access
                        + " has no tables of the autoscaler: run 'bin/autoscaler.sh migrate' once");
        try (Database later = Database.open(access)) {
            assertThat(later.schema().from()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIGRATE_AND_WRITE")
    void refusesOlderTablesThatItMayNotChange(Purpose purpose) throws Exception {
        String newest = rewriteHistory("DELETE FROM 'schema_history' WHERE 'version' = '%s'");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Database.open(access, purpose))
                .withMessageStartingWith("The tables of the database " + access + " have version ")
                .withMessageEndingWith(", this program needs " + newest + ": run 'bin/autoscaler.sh migrate' once");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTablesOfANewerProgram(Purpose purpose) throws Exception {
        String newest = rewriteHistory("UPDATE 'schema_history' SET 'version' = '999' WHERE 'version' = '%s'");
        rewriteHistory("UPDATE 'schema_history' SET 'script' = 'V999__later.sql' WHERE 'version' = '999'");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Database.open(access, purpose))
                .withMessageEndingWith(" have version 999, this program knows up to " + newest
                        + ": start the newer program that changed them, or use another database");
    }

    /** Returns the newest version, which stands in the statement where it has %s. */
    private String rewriteHistory(String statement) throws Exception {
        String newest;
        try (Database database = Database.open(access)) {
            newest = database.schema().to();
        } catch (StoreException e) {
            newest = "";
        }
        try (Connection connection = DriverManager.getConnection(
                access.url(), access.user().orElse(""), access.password().orElse(""))) {
            String quote = connection.getMetaData().getIdentifierQuoteString();
            connection
                    .createStatement()
                    .execute(statement
                            .replace("'schema_history'", quote + "schema_history" + quote)
                            .replace("'version'", quote + "version" + quote)
                            .replace("'script'", quote + "script" + quote)
                            .formatted(newest));
        }
        return newest;
    }

    @Test
    void aReaderCannotWrite() throws Exception {
        Database.open(access).close();
        try (Database reader = Database.open(access, Purpose.READ)) {
            assertThat(new RescaleHistory(reader).latest(1)).isEmpty();
            if (!TestDatabase.server.name().startsWith("H2")) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> reader.transaction("try", h -> h.execute("DELETE FROM event")))
                        .withMessageMatching("(?is).*read.only.*");
            }
        }
    }
}
