package io.flinkyarn.autoscaler.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file that somebody else opens again and again. */
class ContestedFileTest {

    /** For so long H2 itself waits for a lock file that changes, and then gives up. */
    private static final long H2_WAITS_MILLIS = 4_000;

    @TempDir
    Path folder;

    @Test
    void isOpenedWhenTheOtherIsGone() throws Exception {
        String url = DatabaseAccess.embedded(folder).url();
        FirstConnection.open(url, new Properties()).close();
        Path lock = folder.resolve("autoscaler.lock.db");
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try {
            write(lock);
            var writing = other.scheduleWithFixedDelay(() -> write(lock), 100, 100, TimeUnit.MILLISECONDS);
            CompletableFuture<Connection> opening = CompletableFuture.supplyAsync(() -> open(url));
            TimeUnit.MILLISECONDS.sleep(H2_WAITS_MILLIS + 2_000);
            assertThat(opening).isNotDone();
            writing.cancel(false);
            try (Connection connection = opening.get(30, TimeUnit.SECONDS)) {
                assertThat(connection.isValid(1)).isTrue();
            }
        } finally {
            other.shutdownNow();
        }
    }

    private static Connection open(String url) {
        try {
            return FirstConnection.open(url, new Properties());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a process does that has opened the file and is gone when it is asked. */
    private static void write(Path lock) {
        try {
            Files.writeString(lock, "method=file\nid=0\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
