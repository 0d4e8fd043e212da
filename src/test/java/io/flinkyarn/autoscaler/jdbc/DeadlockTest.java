package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two transactions that wait for each other. */
class DeadlockTest {

    @Test
    void theOneThatMakesWayIsRunAgain() throws Exception {
        try (Database database = Database.open(TestDatabase.server.newDatabase())) {
            database.jdbi().useHandle(handle -> {
                handle.execute("CREATE TABLE counter (id INT NOT NULL PRIMARY KEY, n INT NOT NULL)");
                handle.execute("INSERT INTO counter VALUES (1, 0), (2, 0)");
            });
            CountDownLatch bothHoldOne = new CountDownLatch(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                for (Future<Integer> done : threads.invokeAll(
                        List.of(counting(database, bothHoldOne, 1, 2), counting(database, bothHoldOne, 2, 1)))) {
                    assertThat(done.get()).isEqualTo(2);
                }
            } finally {
                threads.shutdown();
            }
            List<Integer> counted = database.transaction(
                    "read",
                    handle -> handle.createQuery("SELECT n FROM counter")
                            .mapTo(Integer.class)
                            .list());
            assertThat(counted).containsExactly(2, 2);
        }
    }

    /** Holds the first row until the other transaction holds the second; in the second attempt nobody is waited for any more. */
    private static Callable<Integer> counting(Database database, CountDownLatch bothHoldOne, int first, int second) {
        return () -> database.transaction("count", handle -> {
            int counted = handle.execute("UPDATE counter SET n = n + 1 WHERE id = ?", first);
            bothHoldOne.countDown();
            bothHoldOne.await();
            return counted + handle.execute("UPDATE counter SET n = n + 1 WHERE id = ?", second);
        });
    }
}
