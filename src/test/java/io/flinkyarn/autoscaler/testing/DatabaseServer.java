package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a database that the tests know: real servers on the local host, and H2 in a file. What each needs is started when it is first asked
 * for, once in a JVM, keeps its files below {@code target/}, and ends with the JVM. Any thread may call it.
 */
public enum DatabaseServer {
    H2_FILE,
    H2_SERVER,
    MYSQL,
    MARIADB,
    MARIADB_BY_THE_DRIVER_OF_MYSQL,
    POSTGRESQL;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** A database of its own, with nothing in it, and a user who may do everything there and nothing elsewhere. */
    public DatabaseAccess newDatabase() {
        String name = "autoscaler_" + DATABASES.incrementAndGet();
        return switch (this) {
            case H2_FILE -> DatabaseAccess.embedded(ServerFiles.OF_THIS_JVM.resolve(name));
            case H2_SERVER -> new DatabaseAccess(H2Server.url(name), Optional.of("autoscaler"), Optional.of("h2"));
            case MYSQL -> MySqlServer.newDatabase(name);
            case MARIADB -> MariaDbServer.newDatabase("jdbc:mariadb:", name);
            case MARIADB_BY_THE_DRIVER_OF_MYSQL -> MariaDbServer.newDatabase("jdbc:mysql:", name);
            case POSTGRESQL -> PostgreSqlServer.newDatabase(name);
        };
    }

    /** Whether it is a server of its own, and not the library in this JVM. */
    public boolean isServer() {
        return this != H2_FILE && this != H2_SERVER;
    }
}
