package io.flinkyarn.autoscaler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCommandTest {

    private static final String URL =
            "jdbc:postgresql://owner:inurl-s3cr3t@127.0.0.1:1/history?password=parameter-s3cr3t";

    @TempDir
    private Path home;

    private CommandRun run;

    @BeforeEach
    void prepare() throws IOException {
        run = new CommandRun(home);
        run.environment.put("AUTOSCALER_LOG_DIR", home.resolve("logs").toString());
        Files.createDirectories(home.resolve("logs"));
        Files.createDirectories(home.resolve("run"));
    }

    private Map<String, String> bundle(String... options) throws IOException {
        Path file = home.resolve("for-support.zip");
        String[] all = new String[options.length + 3];
        System.arraycopy(options, 0, all, 3, options.length);
        all[0] = "bundle";
        all[1] = "--output";
        all[2] = file.toString();
        assertThat(run.call(all)).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(file.toString());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Map<String, String> contents = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                contents.put(entry.getName().replace("for-support/", ""), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return contents;
    }

    @Test
    void no_password_is_in_it_wherever_it_was_written() throws IOException {
        Path passwordFile = Files.writeString(home.resolve("password"), "infile-s3cr3t\n");
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        run.environment.put("AUTOSCALER_STANDALONE_JDBC_URL", URL);
        run.environment.put("AUTOSCALER_STANDALONE_JDBC_PASSWORD_FILE", passwordFile.toString());
        run.environment.put("MY_TRUSTSTORE_PASSWORD", "environment-s3cr3t");
        run.environment.put("AUTOSCALER_STANDALONE_JDBC_PASSWORD_ENV_VARIABLE", "HISTORY");
        run.environment.put("HISTORY", "named-s3cr3t");
        Files.writeString(
                home.resolve("logs/autoscaler.log"),
                "cannot open " + URL + "\ntried infile-s3cr3t, named-s3cr3t and environment-s3cr3t\nthe end\n");
        Files.writeString(home.resolve("run/autoscaler.status"), "database " + URL + "\n");

        Map<String, String> contents = bundle("--flinkClusterHost", "127.0.0.1", "--flinkClusterPort", "1");

        assertThat(contents.get("autoscaler.log")).contains("cannot open jdbc:postgresql://***@", "the end");
        assertThat(contents.get("config.txt")).contains("jdbc.url: jdbc:postgresql://***@", passwordFile.toString());
        assertThat(contents.get("doctor.txt")).contains("FAILED database", "FAILED flink, login and listing");
        assertThat(contents.values()).allSatisfy(text -> assertThat(text).doesNotContain("s3cr3t"));
        assertThat(run.out() + run.err()).doesNotContain("s3cr3t");
    }

    @Test
    void what_could_not_be_had_is_named_with_the_reason() throws IOException {
        Map<String, String> contents = bundle("--no-such-option", "1");

        assertThat(contents.get("config.txt")).contains("no-such-option", "exit code 2");
        assertThat(contents.getOrDefault("CONTENTS.txt", "").lines())
                .contains("version.txt", "config.txt")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("status.txt: LEFT OUT, there is no ")
                        .endsWith("autoscaler.status"))
                .anySatisfy(line -> assertThat(line).startsWith("threads.txt: LEFT OUT, no daemon runs"));
        assertThat(contents).doesNotContainKeys("status.txt", "threads.txt");
    }

    @Test
    void the_threads_of_the_running_daemon_are_in_it() throws IOException {
        long self = ProcessHandle.current().pid();
        Files.writeString(home.resolve("run/autoscaler.pid"), self + "\n");

        assertThat(bundle("--no-such-option", "1").get("threads.txt")).contains("Full thread dump", "\"main\"");
    }

    @Test
    void of_a_long_log_the_end_is_in_it_from_the_beginning_of_a_line() throws IOException {
        String line = "a line of the log that is long enough to come to five million bytes before long\n";
        Files.writeString(home.resolve("logs/autoscaler.log"), line.repeat(100_000) + "the end\n");

        String log = bundle("--no-such-option", "1").get("autoscaler.log");

        assertThat(log)
                .hasSizeBetween(4_900_000, 5_000_000)
                .startsWith("a line")
                .endsWith("the end\n");
    }

    @Test
    void a_file_that_is_there_is_not_overwritten() throws IOException {
        Path file = Files.writeString(home.resolve("mine.zip"), "mine");
        assertThat(run.call("bundle", "--output", file.toString())).isEqualTo(1);
        assertThat(run.err()).contains("FileAlreadyExists", "--output");
        assertThat(file).hasContent("mine");
    }
}
