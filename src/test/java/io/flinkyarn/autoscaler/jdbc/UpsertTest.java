package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Enough rows that every driver rewrites the batch, of which each second one is there. */
class UpsertTest {

    private static final List<Integer> ROWS = IntStream.range(0, 20).boxed().toList();

    private static final Upsert<Integer> UPSERT = new Upsert<>(
            "cluster_status",
            "cluster = :cluster",
            "since = since + :since",
            "INSERT INTO cluster_status (cluster, standing, since, updated_at) VALUES (:cluster, 'new', :since, 0)",
            (statement, i) -> statement.bind("cluster", "c" + i).bind("since", i));

    private TestDatabase db;

    @BeforeEach
    void writeEachSecond() throws StoreException {
        db = new TestDatabase();
        for (int i = 0; i < ROWS.size(); i += 2) {
            db.execute("INSERT INTO cluster_status (cluster, standing, since, updated_at) VALUES ('c" + i
                    + "', 'old', 1000, 0)");
        }
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void updatesWhatIsThereAndInsertsTheRest() {
        db.database.jdbi().useHandle(handle -> UPSERT.write(handle, ROWS));
        assertWritten();
    }

    @Test
    void knowsWhatIsThereAlsoWhereTheDriverDoesNotCount() throws StoreException {
        String url = db.access.url();
        boolean mayNotCount = url.startsWith("jdbc:mariadb:");
        DatabaseAccess access = new DatabaseAccess(
                mayNotCount ? url + "?useBulkStmts=true" : url, db.access.user(), db.access.password());
        try (Database database = Database.open(access)) {
            database.jdbi().useHandle(handle -> UPSERT.write(handle, ROWS));
        }
        assertWritten();
    }

    private void assertWritten() {
        assertThat(db.all("SELECT CONCAT(cluster, ' ', standing, ' ', since) FROM cluster_status", String.class))
                .containsExactlyInAnyOrderElementsOf(ROWS.stream()
                        .map(i -> "c" + i + (i % 2 == 0 ? " old " + (1000 + i) : " new " + i))
                        .toList());
    }
}
