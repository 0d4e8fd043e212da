package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.hold;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import io.flinkyarn.autoscaler.testing.Relay;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store when the server has closed its connections, and while the server is away. */
class LostConnectionsIT {

    /** A wait for the pool, and something for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 4;

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB", "MARIADB_BY_THE_DRIVER_OF_MYSQL", "POSTGRESQL"})
    void theStoreSaysSoInOneLineAndWorksAgainWhenTheServerIsBack(DatabaseServer server) throws Exception {
        DatabaseAccess direct = server.newDatabase();
        int port = URI.create(direct.url().replaceFirst("^jdbc:(h2:)?", "")).getPort();
        try (Relay relay = new Relay(port);
                Database database = Database.open(new DatabaseAccess(
                        direct.url().replace(":" + port, ":" + relay.port()), direct.user(), direct.password()))) {
            JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "a test");
            long version = store.save(job("a"), 0, hold(JobState.NEW), NOW);

            relay.dropAll();
            version = saveAtLast(store, version);

            relay.cut();
            long start = System.nanoTime();
            StoreException away = catchThrowableOfType(StoreException.class, () -> store.load(job("a").key()));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            assertThat(away)
                    .message()
                    .startsWith("Cannot load the state of job ")
                    .satisfies(text -> assertThat(text.lines()).hasSize(1));

            relay.mend();
            saveAtLast(store, version);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL", "MARIADB", "MARIADB_BY_THE_DRIVER_OF_MYSQL", "POSTGRESQL"})
    void samplesWaitForTheServerToComeBackAndNobodyElseWaitsForIt(DatabaseServer server) throws Exception {
        DatabaseAccess direct = server.newDatabase();
        int port = URI.create(direct.url().replaceFirst("^jdbc:(h2:)?", "")).getPort();
        try (Relay relay = new Relay(port);
                Database database = Database.open(new DatabaseAccess(
                        direct.url().replace(":" + port, ":" + relay.port()), direct.user(), direct.password()))) {
            JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "a test");
            long version = store.save(job("a"), 0, hold(Steps.window(3, 3, NOW)), NOW);

            relay.cut();
            store.save(job("a"), version, hold(Steps.window(3, 4, NOW)), NOW.plusSeconds(10));
            store.flush(NOW.plusSeconds(10));
            assertThat(store.absence())
                    .hasValueSatisfying(absence -> assertThat(absence.since()).isEqualTo(NOW.plusSeconds(10)));
            long start = System.nanoTime();
            assertThat(catchThrowableOfType(StoreException.class, () -> store.load(job("b").key())))
                    .isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            store.save(job("a"), version, hold(Steps.window(3, 5, NOW)), NOW.plusSeconds(20));

            relay.mend();
            for (int attempt = 1; attempt <= ATTEMPTS && store.absence().isPresent(); attempt++) {
                store.flush(NOW.plusSeconds(20 + attempt));
            }
            assertThat(store.absence()).isEmpty();
            assertThat(store.load(job("a").key())).contains(new Stored(Steps.window(3, 5, NOW), version));
        }
    }

    /** One server is enough: it takes the time-outs of a driver, and all of them have the same. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB_BY_THE_DRIVER_OF_MYSQL")
    void aServerThatTakesConnectionsAndNeverAnswersIsAwayToo(DatabaseServer server) throws Exception {
        DatabaseAccess direct = server.newDatabase();
        int port = URI.create(direct.url().replaceFirst("^jdbc:(h2:)?", "")).getPort();
        try (Relay relay = new Relay(port);
                Database database = Database.open(new DatabaseAccess(
                        direct.url().replace(":" + port, ":" + relay.port()), direct.user(), direct.password()))) {
            JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "a test");
            long version = store.save(job("a"), 0, hold(Steps.window(3, 3, NOW)), NOW);

            relay.silence();
            store.save(job("a"), version, hold(Steps.window(3, 4, NOW)), NOW.plusSeconds(10));
            long start = System.nanoTime();
            store.flush(NOW.plusSeconds(10));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            assertThat(store.absence()).isPresent();
            assertThat(catchThrowableOfType(StoreException.class, () -> store.load(job("b").key())))
                    .isNotNull();

            relay.mend();
            for (int attempt = 1; attempt <= ATTEMPTS && store.absence().isPresent(); attempt++) {
                store.flush(NOW.plusSeconds(20 + attempt));
            }
            assertThat(store.absence()).isEmpty();
            assertThat(store.load(job("a").key())).contains(new Stored(Steps.window(3, 4, NOW), version));
        }
    }

    /** A connection that was used a moment ago is taken for alive, so that one or the other attempt may fail: in one line. */
    private static long saveAtLast(JdbcAutoScalerStateStore store, long version) throws Exception {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return store.saveOutcome(job("a"), version, JobState.NEW, NOW.plusSeconds(attempt));
            } catch (StoreException e) {
                assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
            }
        }
        return store.saveOutcome(job("a"), version, JobState.NEW, NOW.plusSeconds(ATTEMPTS));
    }
}
