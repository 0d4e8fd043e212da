package io.flinkyarn.autoscaler.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * The open database with our tables in it. Opened once by the daemon or a command, shared by the store, the event handler and the readers of
 * the history; any thread may use it.
 */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 6;
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(10);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(20);

    /** How often a transaction is run that the database gives up for the sake of another one. */
    private static final int ATTEMPTS = 3;

    static {
        // The server of AUTO_SERVER listens on every network otherwise. It has to be known before the first class of H2
        // is loaded.
        if (System.getProperty("h2.bindAddress") == null) {
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
    }

    /** What somebody opens a database for. */
    public enum Purpose {
        /** To write; the tables are brought up to date first. */
        MIGRATE_AND_WRITE,
        /** To write; tables that are not up to date are refused. */
        WRITE,
        /** Only to read; tables that are not up to date are refused. */
        READ
    }

    private final DatabaseAccess access;
    private final Dialect dialect;
    private final HikariDataSource pool;
    private final SchemaChange schema;
    private final Jdbi jdbi;
    private final JobRuns runs = new JobRuns(this);

    /** Why nothing but {@link #probe} asks the database at the moment; empty while it answers. */
    private volatile Optional<Away> away = Optional.empty();

    /** A time in which the database does not answer. */
    record Away(Instant since, String why) {}

    private Database(DatabaseAccess access, Dialect dialect, HikariDataSource pool, SchemaChange schema) {
        this.access = access;
        this.dialect = dialect;
        this.pool = pool;
        this.schema = schema;
        this.jdbi = Jdbi.create(pool);
        this.jdbi.setStatementBuilderFactory(connection -> new PlainStatements());
        this.jdbi.getConfig(SqlStatements.class).setQueryTimeout((int) STATEMENT_TIMEOUT.toSeconds());
    }

    /** Opens the database to write, and brings its tables up to date. */
    public static Database open(DatabaseAccess access) throws StoreException {
        return open(access, Purpose.MIGRATE_AND_WRITE);
    }

    /**
     * Opens the database.
     *
     * @throws StoreException in one line: what cannot be opened, why, and what to do
     */
    public static Database open(DatabaseAccess access, Purpose purpose) throws StoreException {
        Dialect dialect = Dialect.of(access.url())
                .orElseThrow(() -> new StoreException("No database can be opened by the URL '" + access.shownUrl()
                        + "': expected one that begins with " + Dialect.prefixes()));
        String url = access.url() + (purpose == Purpose.READ ? dialect.onlyIfThere() : "");
        Properties properties = new Properties();
        properties.putAll(dialect.driver());
        access.user().ifPresent(user -> properties.setProperty("user", user));
        access.password().ifPresent(password -> properties.setProperty("password", password));
        // Asked without the pool first: the pool hides why it cannot connect. It stays open so that H2 does not close
        // the file in between.
        try (Connection first = FirstConnection.open(url, properties)) {
            if (first.isReadOnly() && purpose != Purpose.READ) {
                throw new StoreException("The database " + access + " is read-only: every decision has to be written");
            }
            SchemaChange schema = schema(access, dialect, url, properties, purpose);
            return new Database(access, dialect, pool(url, properties, purpose), schema);
        } catch (SQLException e) {
            throw DatabaseProblem.opening(access, dialect, e);
        } catch (FlywayException e) {
            throw DatabaseProblem.migrating(access, e);
        }
    }

    /** Asked by connections of its own, which wait longer than those afterwards. */
    private static SchemaChange schema(
            DatabaseAccess access, Dialect dialect, String url, Properties properties, Purpose purpose)
            throws StoreException {
        Properties patient = new Properties();
        patient.putAll(properties);
        patient.putAll(dialect.driverOfMigrations());
        try (HikariDataSource pool = pool(url, patient, purpose)) {
            Migrations migrations = new Migrations(pool, access, dialect);
            return switch (purpose) {
                case MIGRATE_AND_WRITE -> migrations.apply();
                case WRITE -> migrations.check(true);
                case READ -> migrations.check(false);
            };
        }
    }

    private static HikariDataSource pool(String url, Properties properties, Purpose purpose) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("autoscaler-database");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties);
        config.setReadOnly(purpose == Purpose.READ);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        return new HikariDataSource(config);
    }

    /**
     * The pool of connections as it is now.
     *
     * @param max that it may have
     * @param waiting threads that wait for one
     */
    public record Connections(int active, int idle, int max, int waiting) {}

    public Connections connections() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new Connections(
                now.getActiveConnections(),
                now.getIdleConnections(),
                pool.getMaximumPoolSize(),
                now.getThreadsAwaitingConnection());
    }

    /** What opening it has done to its tables. */
    public SchemaChange schema() {
        return schema;
    }

    /** The rows of the job runs. */
    JobRuns runs() {
        return runs;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /**
     * Runs statements in one transaction: all of them take effect, or none.
     *
     * @param purpose what for, as it goes on behind "cannot"
     * @param statements run again where the database rolled them back in a deadlock, so they may change nothing else
     */
    <T, X extends Exception> T transaction(String purpose, HandleCallback<T, X> statements) throws StoreException, X {
        Optional<Away> now = away;
        if (now.isPresent()) {
            // Nobody waits for the time-outs of a database that is known to be away.
            throw new StoreException("Cannot " + purpose + " since " + now.get().since() + ": "
                    + now.get().why());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(statements);
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !DatabaseProblem.isRolledBack(e)) {
                    throw failure(purpose, e);
                }
            }
        }
    }

    /**
     * A {@link #transaction} that is tried even while the database is away, and whose failure may show that it is. To be called by one thread, which says
     * in the end whether it {@link #answers}.
     */
    <T> T probe(String purpose, Instant now, HandleCallback<T, RuntimeException> statements) throws StoreException {
        try {
            return jdbi.inTransaction(statements);
        } catch (JdbiException e) {
            StoreException failure = failure(purpose, e);
            if (DatabaseProblem.isAway(e)) {
                Instant since = away.map(Away::since).orElse(now);
                away = Optional.of(new Away(since, access.shownUrl() + ": " + DatabaseProblem.firstLine(e)));
            }
            throw failure;
        }
    }

    /** Notes that everything that was waiting could be written. */
    void answers() {
        away = Optional.empty();
    }

    /** Since when the database does not answer, as a {@link #probe} found. */
    Optional<Away> away() {
        return away;
    }

    /** Makes sure that what was committed outlives a kill of this process. */
    void flush(String purpose) throws StoreException {
        if (dialect.flush().isEmpty()) {
            return;
        }
        try {
            jdbi.useHandle(handle -> handle.execute(dialect.flush().get()));
        } catch (JdbiException e) {
            throw failure(purpose, e);
        }
    }

    private StoreException failure(String purpose, JdbiException e) {
        return new StoreException(
                "Cannot " + purpose + " in " + access.shownUrl() + ": " + access.hide(DatabaseProblem.firstLine(e)), e);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Which one, for people. */
    @Override
    public String toString() {
        return access.toString();
    }
}
