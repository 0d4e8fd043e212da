package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.flinkyarn.autoscaler.it.StandInFlink.Moment;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.testing.Audit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged daemon beside a {@link StandInFlink}, killed again and again, with what its history says after each kill. For one thread.
 */
final class KilledDaemon implements AutoCloseable {

    /** What a process is given to come to the moment of its death, on a slow machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** What it is given to come to anything else, its metrics window included. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** In so many cycles in a row nothing is asked of Flink when all is done. */
    private static final int QUIET_CYCLES = 15;

    private static final int KILLED = 128 + 9;

    private final AutoscalerProcess daemon;
    private final StandInFlink flink;
    private final Optional<DatabaseAccess> database;
    private final Path scratch;
    private final List<Duration> firstDecisions = new ArrayList<>();
    private Map<String, Long> versions = Map.of();
    private int kills;

    /** Where a process is killed. */
    interface Death {

        /** Returns when it is time to die; the other way is {@link #strikes}. */
        void await(Process process) throws InterruptedException;

        /** Whether Flink stands at this moment, so that the process is killed before Flink goes on. */
        boolean strikes(Moment moment);

        /** So many milliseconds after the start, or when it ends by itself. */
        static Death after(long millis) {
            return new Death() {
                @Override
                public void await(Process process) throws InterruptedException {
                    process.waitFor(millis, TimeUnit.MILLISECONDS);
                }

                @Override
                public boolean strikes(Moment moment) {
                    return false;
                }

                @Override
                public String toString() {
                    return millis + " ms after the start";
                }
            };
        }

        /** When Flink comes to a moment for the n-th time since the start of the process, and so much later. */
        static Death at(Moment where, int n, long laterMillis) {
            AtomicInteger passed = new AtomicInteger();
            return new Death() {
                @Override
                public void await(Process process) throws InterruptedException {
                    process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                }

                @Override
                public boolean strikes(Moment moment) {
                    boolean strikes = moment == where && passed.incrementAndGet() == n;
                    if (strikes) {
                        pause(laterMillis);
                    }
                    return strikes;
                }

                @Override
                public String toString() {
                    return laterMillis + " ms after " + where + " for the " + n + ". time";
                }
            };
        }

        private static void pause(long millis) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** A moment of which more can go wrong than of others comes more often. */
        static Death random(Random random) {
            return switch (random.nextInt(7)) {
                case 0 -> after(random.nextInt(2500));
                case 1, 2 -> at(Moment.SAMPLED, 1 + random.nextInt(60), random.nextInt(20));
                case 3 -> at(Moment.ASKED, 1 + random.nextInt(6), 0);
                case 4 -> at(Moment.ARRIVED, 1 + random.nextInt(6), 0);
                case 5 -> at(Moment.APPLIED, 1 + random.nextInt(6), 0);
                default -> at(Moment.ANSWERED, 1 + random.nextInt(6), random.nextInt(20));
            };
        }
    }

    private KilledDaemon(
            AutoscalerProcess daemon, StandInFlink flink, Optional<DatabaseAccess> database, Path scratch) {
        this.daemon = daemon;
        this.flink = flink;
        this.database = database;
        this.scratch = scratch;
    }

    /**
     * Unpacks the distribution; starts nothing yet.
     *
     * @param flink is closed with the daemon
     * @param database empty: the embedded one
     */
    static KilledDaemon unpack(Path folder, StandInFlink flink, Optional<DatabaseAccess> database, Duration interval)
            throws IOException {
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        Path home = folder.resolve("home");
        Map<String, String> options = new HashMap<>(Map.of(
                "autoscaler.standalone.control-loop.interval",
                interval.toMillis() + " ms",
                "autoscaler.standalone.fetcher.list-interval",
                interval.toMillis() + " ms",
                "autoscaler.standalone.fetcher.flink-cluster.host",
                "127.0.0.1",
                "autoscaler.standalone.fetcher.flink-cluster.port",
                String.valueOf(flink.port())));
        if (database.isPresent()) {
            options.put("autoscaler.standalone.jdbc.url", database.get().url());
            options.put(
                    "autoscaler.standalone.jdbc.username", database.get().user().orElseThrow());
            Path password = Files.createFile(
                    scratch.resolve("password"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(password, database.get().password().orElseThrow());
            options.put("autoscaler.standalone.jdbc.password-file", password.toString());
        }
        AutoscalerProcess daemon = AutoscalerProcess.unpack(AutoscalerProcess.distribution(), home, scratch, options);
        // What runs for seconds is compiled in vain.
        Files.writeString(home.resolve("conf/autoscaler-env.sh"), "AUTOSCALER_OPTS=-XX:TieredStopAtLevel=1\n");
        return new KilledDaemon(daemon, flink, database, scratch);
    }

    /** A process of the daemon, for {@link #kill}. */
    Process start(String... options) throws IOException {
        return daemon.run(console(), options);
    }

    /** Waits for something that a process which was started here does, as long as it lives. */
    void await(Process process, String what, Await.Condition condition) throws IOException {
        Await.until(what, PATIENCE, () -> {
            boolean holds = condition.holds();
            if (!holds && !process.isAlive()) {
                fail("ended before %s: %s", what, Files.readString(console()));
            }
            return holds;
        });
    }

    private Path console() {
        return scratch.resolve("console");
    }

    /** One life, and what it has left. */
    void live(Death death) throws Exception {
        Instant start = Instant.now();
        Process process = start();
        kills++;
        try {
            flink.observe(moment -> {
                if (death.strikes(moment)) {
                    kill(process);
                }
            });
            death.await(process);
        } finally {
            kill(process);
        }
        assertThat(process.exitValue())
                .as("killed %s, and did not end by itself: %s", death, Files.readString(console()))
                .isEqualTo(KILLED);
        Audit audit = read();
        assertThat(audit.violations()).as("killed %s", death).isEmpty();
        versions.forEach((job, version) -> assertThat(audit.versions().getOrDefault(job, 0L))
                .as("version of %s, killed %s", job, death)
                .isGreaterThanOrEqualTo(version));
        versions = new HashMap<>(audit.versions());
        audit.decisions().stream()
                .map(decision -> decision.decidedAt())
                .filter(decidedAt -> decidedAt.isAfter(start))
                .findFirst()
                .ifPresent(first -> firstDecisions.add(Duration.between(start, first)));
    }

    /** The last life, without a kill: nothing goes wrong any more, and all that was begun is brought to its end. */
    Audit settle() throws Exception {
        flink.calmDown();
        Instant calm = Instant.now();
        AtomicInteger quiet = new AtomicInteger();
        flink.observe(moment -> {
            if (moment == Moment.SAMPLED) {
                quiet.incrementAndGet();
            } else {
                quiet.set(0);
            }
        });
        Process process = start();
        try {
            int enough = QUIET_CYCLES * flink.jobs().size();
            await(process, "rest", () -> quiet.get() >= enough);
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends on TERM").isTrue();
        } finally {
            kill(process);
        }
        Audit audit = read();
        assertThat(audit.violationsAtRest(calm)).isEmpty();
        return audit;
    }

    /** From the start of a process, which was a moment after the kill of the one before, to its first decision. */
    List<Duration> firstDecisions() {
        return List.copyOf(firstDecisions);
    }

    int kills() {
        return kills;
    }

    /** SIGKILL; returns when it is dead. */
    static void kill(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a reader finds. The embedded file is opened as a copy: a reader must not mend it for the daemon. */
    Audit read() throws IOException, SQLException {
        try (Connection connection = database.isPresent() ? server(database.get()) : copy()) {
            return hasTables(connection)
                    ? Audit.read(connection, flink.declarations())
                    : new Audit(List.of(), Map.of(), Map.of(), flink.declarations());
        }
    }

    private static Connection server(DatabaseAccess database) throws SQLException {
        return DriverManager.getConnection(
                database.url(),
                database.user().orElseThrow(),
                database.password().orElseThrow());
    }

    private Connection copy() throws IOException, SQLException {
        Path file = daemon.data().resolve("autoscaler.mv.db");
        Path copy = scratch.resolve("copy.mv.db");
        Files.deleteIfExists(copy);
        if (Files.exists(file)) {
            Files.copy(file, copy);
        }
        return DriverManager.getConnection("jdbc:h2:file:" + scratch.resolve("copy") + ";TRACE_LEVEL_FILE=0");
    }

    /**
     * Asks the embedded database, beside the running daemon; whoever asks before it runs makes it wait for the file.
     *
     * @throws IOException if it is not open yet
     */
    List<List<String>> rows(String sql) throws IOException {
        try (Connection connection = DriverManager.getConnection(daemon.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i));
                }
                rows.add(columns);
            }
            return rows;
        } catch (SQLException e) {
            throw new IOException("cannot ask " + sql, e);
        }
    }

    /** A process that died at its very start has none. */
    private static boolean hasTables(Connection connection) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            boolean decisions = false;
            while (tables.next()) {
                decisions |= tables.getString("TABLE_NAME").equalsIgnoreCase("event");
            }
            return decisions;
        }
    }

    @Override
    public void close() {
        daemon.close();
        flink.close();
    }
}
