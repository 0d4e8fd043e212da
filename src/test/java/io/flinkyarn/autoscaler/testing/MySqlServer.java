package io.flinkyarn.autoscaler.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A MySQL, as {@code scripts/mysql-server.sh} brings it; tests that ask for it without are skipped, and say so. Its files need not survive a crash, which
 * makes it a few times faster.
 */
final class MySqlServer {

    /** Names the folder that the script prints. */
    private static final String PROPERTY = "it.mysql";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "of mysql";
    private static final int PORT = start();

    private MySqlServer() {}

    static DatabaseAccess newDatabase(String name) {
        if (!isThere()) {
            abort("nothing is tested on MySQL: the system property " + PROPERTY
                    + " does not name the folder that scripts/mysql-server.sh prints");
        }
        try (Connection maker = maker(PORT);
                Statement statement = maker.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CREATE USER " + name + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT ALL ON " + name + ".* TO " + name + "@'127.0.0.1'");
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL makes no database", e);
        }
        return new DatabaseAccess(
                "jdbc:mysql://127.0.0.1:" + PORT + "/" + name, Optional.of(name), Optional.of(PASSWORD));
    }

    private static Connection maker(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + port + "/?user=maker");
    }

    private static boolean isThere() {
        return !System.getProperty(PROPERTY, "").isBlank();
    }

    /** 0 where there is no MySQL. */
    private static int start() {
        if (!isThere()) {
            return 0;
        }
        Path files = ServerFiles.OF_THIS_JVM.resolve("mysql");
        try {
            Path firstUser = Files.writeString(Files.createDirectories(files).resolve("first-user.sql"), """
                    CREATE USER maker@'127.0.0.1';
                    GRANT ALL ON *.* TO maker@'127.0.0.1' WITH GRANT OPTION;
                    """);
            finish(mysqld(files, "--initialize-insecure"), files);
            int port = freePort();
            awaitAnswer(mysqld(files, "--port=" + port, "--init-file=" + firstUser), port, files);
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("MySQL does not start", e);
        }
    }

    /** It takes no 0. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private static Process mysqld(Path files, String... arguments) throws IOException {
        Path server = Path.of(System.getProperty(PROPERTY));
        List<String> command = new ArrayList<>(List.of(
                server.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + server,
                "--datadir=" + files.resolve("data"),
                "--bind-address=127.0.0.1",
                // below the data directory: the name of a socket must not be long
                "--socket=mysql.sock",
                "--mysqlx=OFF",
                "--skip-name-resolve",
                "--skip-log-bin",
                "--innodb-doublewrite=OFF",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(files).toFile()));
        builder.environment()
                .put("LD_LIBRARY_PATH", server.resolve("lib/system").toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static Path log(Path files) {
        return files.resolve("mysqld.log");
    }

    private static void finish(Process process, Path files) throws IOException {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw failure(files);
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static void awaitAnswer(Process process, int port, Path files) throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            try (Connection connection = maker(port)) {
                if (connection.isValid(0)) {
                    return;
                }
            } catch (SQLException e) {
                pause(process);
            }
        }
        throw failure(files);
    }

    private static void pause(Process process) throws IOException {
        try {
            process.waitFor(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static IOException failure(Path files) throws IOException {
        return new IOException("mysqld says: " + Files.readString(log(files)));
    }
}
