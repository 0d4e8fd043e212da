package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.NOW;
import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes out again as it was: instants in every time zone, texts in every script, keys that differ little. */
class StoredValuesTest {

    private final TimeZone zoneOfThisJvm = TimeZone.getDefault();
    private TestDatabase db;

    @BeforeEach
    void open() throws StoreException {
        db = new TestDatabase();
    }

    @AfterEach
    void close() {
        db.close();
        TimeZone.setDefault(zoneOfThisJvm);
    }

    /** In the hours at which clocks go forward and back in Berlin and in New York, and in winter and in summer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-15T23:30:00.001Z",
                "2026-03-08T02:30:00Z",
                "2026-03-29T01:30:00.5Z",
                "2026-03-29T02:30:00Z",
                "2026-07-15T00:00:00.999Z",
                "2026-10-25T00:30:00Z",
                "2026-11-01T06:30:00Z"
            })
    void showsInstantsInUtcWhateverTheTimeZone(Instant at) throws Exception {
        LocalDateTime inUtc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        inZone(
                "Europe/Berlin",
                () -> new JdbcAutoScalerStateStore(db.database, true, "a test")
                        .save(job("a"), 0, Steps.rescale(4, at), at));
        for (String zone : List.of("Europe/Berlin", "America/New_York", "UTC")) {
            inZone(zone, () -> {
                assertThat(utc("first_seen_utc", "v_jobs")).containsOnly(inUtc);
                assertThat(utc("decided_utc", "v_decisions")).containsOnly(inUtc);
                assertThat(utc("decided_utc", "v_rescales")).containsOnly(inUtc);
                assertThat(utc("last_seen_utc", "v_events")).containsOnly(inUtc);
                assertThat(new RescaleHistory(db.database).latest(1).get(0).decidedAt())
                        .isEqualTo(at);
            });
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void inZone(String zone, Work work) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        work.run();
    }

    private List<Object> utc(String column, String view) {
        return db.rows("SELECT " + column + " FROM " + view).stream()
                .map(row -> row.get(column))
                .toList();
    }

    @Test
    void keepsTextsOfEveryScript() throws Exception {
        String name = "Bestellungen → 注文 🚀 'quoted' \"\\";
        register("c", name);
        assertThat(db.rows("SELECT job_name FROM v_jobs"))
                .extracting("job_name")
                .containsExactly(name);
    }

    @Test
    void cutsWhatIsTooLongAndNeverWithinACharacter() throws Exception {
        register("c", "x".repeat(498) + "🚀🚀🚀");
        assertThat(db.rows("SELECT job_name FROM v_jobs"))
                .extracting("job_name")
                .containsExactly("x".repeat(498) + "…");
    }

    /** PostgreSQL has no such character. */
    @Test
    void replacesTheCharacterThatIsNone() throws Exception {
        register("c", "a\u0000b");
        new JdbcAutoScalerEventHandler(db.database).handle(job("a"), Steps.event("a\u0000b", Optional.empty()), NOW);
        assertThat(db.rows("SELECT message FROM event")).extracting("message").containsExactly("a\uFFFDb");
    }

    @Test
    void keepsAMessageOfAnyLength() {
        new JdbcAutoScalerEventHandler(db.database)
                .handle(job("a"), Steps.event("🚀".repeat(1 << 20), Optional.empty()), NOW);
        assertThat(db.rows("SELECT message FROM event"))
                .extracting(row -> String.valueOf(row.get("message")).length())
                .containsExactly(99_999);
    }

    @Test
    void keepsApartWhatDiffersInItsCaseOrAnAccentOnly() throws Exception {
        for (String cluster : List.of("prod", "Prod", "PROD", "pröd")) {
            register(cluster, cluster);
        }
        assertThat(db.rows("SELECT cluster FROM v_jobs WHERE job_name = cluster"))
                .extracting("cluster")
                .containsExactlyInAnyOrder("prod", "Prod", "PROD", "pröd");
        assertThat(db.count("logical_job")).isEqualTo(4);
    }

    @Test
    void takesKeysOfFullLength() throws Exception {
        String long100 = "é".repeat(100);
        long id = register(long100, "日".repeat(500));
        assertThat(register(long100, "日".repeat(500))).isEqualTo(id);
    }

    private long register(String cluster, String name) throws StoreException {
        return new JobRuns(db.database)
                .idOf(
                        new JobAutoScalerContext(
                                new JobKey(cluster, "a", "0".repeat(32)),
                                name,
                                "RUNNING",
                                new RestEndpoint(cluster, URI.create("http://localhost/")),
                                Optional.empty()),
                        NOW);
    }
}
