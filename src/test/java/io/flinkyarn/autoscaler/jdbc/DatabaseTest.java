package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

    @TempDir
    private Path directory;

    @Test
    void opensTheSameFileTwice() throws Exception {
        try (Database first = Database.open(DatabaseAccess.embedded(directory))) {
            first.jdbi()
                    .useHandle(h -> h.execute("INSERT INTO application (cluster, application_id, first_seen, last_seen)"
                            + " VALUES ('c', 'a', 1, 2)"));
            first.jdbi()
                    .useHandle(h -> h.execute("INSERT INTO job_run (cluster, application_id, job_id, job_name,"
                            + " first_seen, last_seen) VALUES ('c', 'a', 'j', 'n', 1, 2)"));
        }
        try (Database second = Database.open(DatabaseAccess.embedded(directory))) {
            assertThat(second.jdbi()
                            .<String, RuntimeException>withHandle(
                                    h -> h.createQuery("SELECT first_seen_utc FROM v_jobs")
                                            .mapTo(String.class)
                                            .one()))
                    .isEqualTo("1970-01-01 00:00:00.001");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB"})
    void createsItsTablesInTheModesOfH2ThatComeNearOtherDatabases(String mode) throws Exception {
        try (Database database = Database.open(new DatabaseAccess(
                "jdbc:h2:mem:" + mode + ";DATABASE_TO_LOWER=TRUE;MODE=" + mode, Optional.empty(), Optional.empty()))) {
            assertThat(database.jdbi()
                            .<Integer, RuntimeException>withHandle(h -> h.createQuery("SELECT COUNT(*) FROM v_rescales")
                                    .mapTo(Integer.class)
                                    .one()))
                    .isZero();
        }
    }

    @Test
    void saysThatAnotherProcessHasTheFile() throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("locked");
        Files.createFile(directory.resolve("locked.mv.db"));
        Process other = LockingProcess.start(directory.resolve("locked.mv.db"));
        try {
            assertThat(problemWith(url)).contains("another process has locked the file");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void saysThatTheFileIsDamaged() throws Exception {
        Files.writeString(directory.resolve("autoscaler.mv.db"), "this is no database".repeat(1000));
        assertThat(problemWith(DatabaseAccess.embedded(directory).url())).contains("the file is damaged");
    }

    @Test
    void saysThatTheFileCannotBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(problemWith(DatabaseAccess.embedded(file).url())).contains("this user needs write permission");
    }

    @Test
    void neverShowsThePassword() throws Exception {
        Database.open(DatabaseAccess.embedded(directory)).close();
        DatabaseAccess wrong =
                new DatabaseAccess(DatabaseAccess.embedded(directory).url(), Optional.of("me"), Optional.of("secret"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Database.open(wrong))
                .withMessageContaining(" as me: wrong user or password")
                .withMessageNotContaining("secret");
        assertThat(problemWith("jdbc:postgresql://127.0.0.1:1/db?user=me&password=secret"))
                .contains("the server does not answer");
        assertThat(problemWith("jdbc:oracle:thin:me:x?password=secret"))
                .contains("expected one that begins with jdbc:h2:");
    }

    @ParameterizedTest
    @MethodSource("io.flinkyarn.autoscaler.testing.SecretUrls#all")
    void neverShowsThePasswordInAUrl(String url) {
        assertThat(new DatabaseAccess(url, Optional.of("me"), Optional.of("s3cr3t")).toString())
                .doesNotContain("s3cr3t", "r3t")
                .startsWith("jdbc:");
        assertThat(new DatabaseAccess(url, Optional.empty(), Optional.empty()).hide("cannot use '" + url + "'"))
                .doesNotContain("s3cr3t", "r3t");
        assertThat(problemWith(url)).doesNotContain("s3cr3t", "r3t");
    }

    private static String problemWith(String url) {
        String[] message = {""};
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Database.open(new DatabaseAccess(url, Optional.empty(), Optional.empty())))
                .satisfies(e -> message[0] = String.valueOf(e.getMessage()));
        assertThat(message[0].lines()).hasSize(1);
        return message[0];
    }
}
