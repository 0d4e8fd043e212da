package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import io.flinkyarn.autoscaler.testing.Relay;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What is done with a MySQL by its version. No older one can be had: MySQL 8.0 is made to say that it is one. */
class OldMySqlIT {

    /** As it answers a query, and not as it greets: a driver that were greeted so would ask for what MySQL 8.0 no longer has. */
    private static final String VERSION = "\u00068.0.33";

    @Test
    void mySql57IsTaken() throws Exception {
        DatabaseAccess direct = DatabaseServer.MYSQL.newDatabase();
        try (Relay relay = Relay.saying(port(direct), "\u00065.7.44", VERSION);
                Database database = Database.open(through(relay, direct))) {
            JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "a test");
            store.save(job("a"), 0, Steps.rescale(4, NOW), NOW);

            assertThat(saidVersion(database)).isEqualTo("5.7.44");
            assertThat(new RescaleHistory(database).latest(10)).hasSize(1);
            assertThat(store.load(job("a").key()).orElseThrow().state()).isNotEqualTo(JobState.NEW);
        }
    }

    @Test
    void anOlderOneIsRefusedInOneLineThatSaysWhatIsNeeded() throws Exception {
        DatabaseAccess direct = DatabaseServer.MYSQL.newDatabase();
        try (Relay relay = Relay.saying(port(direct), "\u00065.6.51", VERSION)) {
            assertThat(catchThrowableOfType(StoreException.class, () -> Database.open(through(relay, direct))))
                    .message()
                    .startsWith("Cannot bring the tables of the database jdbc:mysql://127.0.0.1:" + relay.port() + "/")
                    .contains("MySQL 5.6, and 5.7 or newer is needed")
                    .doesNotContain("Edition", "rights")
                    .satisfies(text -> assertThat(text.lines()).hasSize(1));
        }
    }

    private static String saidVersion(Database database) {
        return database.jdbi()
                .<String, RuntimeException>withHandle(h ->
                        h.createQuery("SELECT VERSION()").mapTo(String.class).one());
    }

    private static int port(DatabaseAccess access) {
        return URI.create(access.url().substring("jdbc:".length())).getPort();
    }

    /** Unencrypted, so that the relay can read along. */
    private static DatabaseAccess through(Relay relay, DatabaseAccess direct) {
        String url = direct.url().replace(":" + port(direct), ":" + relay.port());
        return new DatabaseAccess(
                url + "?sslMode=DISABLED&allowPublicKeyRetrieval=true", direct.user(), direct.password());
    }
}
