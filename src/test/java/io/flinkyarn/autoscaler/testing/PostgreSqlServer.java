package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A PostgreSQL. Its files need not survive a crash, which makes it a few times faster. */
final class PostgreSqlServer {

    private static final String PASSWORD = "of postgresql";
    private static final EmbeddedPostgres SERVER = start();

    private PostgreSqlServer() {}

    static DatabaseAccess newDatabase(String name) {
        try (Connection root = SERVER.getPostgresDatabase().getConnection();
                Statement statement = root.createStatement()) {
            statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE " + name + " OWNER " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL makes no database", e);
        }
        return new DatabaseAccess(
                "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + name,
                Optional.of(name),
                Optional.of(PASSWORD));
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            ServerFiles.PROGRAMS.resolve("postgresql").toFile())
                    .setDataDirectory(ServerFiles.OF_THIS_JVM.resolve("postgresql"))
                    .setDataDirectoryCustomizer(PostgreSqlServer::askForPasswords)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }

    /** Everybody but the superuser. */
    private static void askForPasswords(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), """
                    host all postgres 127.0.0.1/32 trust
                    host all all      127.0.0.1/32 scram-sha-256
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
