package io.flinkyarn.autoscaler.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that shows whether a database can be opened.
 *
 * <p>An H2 file is opened by one process, and the others go through it. Where two come to a file at once whose owner has just been killed, one of them is
 * turned away, and it has to come again; somebody's SQL client that asks at intervals would keep a daemon from starting otherwise.
 */
final class FirstConnection {

    private static final Logger LOG = LoggerFactory.getLogger(FirstConnection.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;

    /** H2: another process has written the lock file in this moment. */
    private static final int LOCK_FILE_TAKEN = 8000;

    /** H2: the process that had the file open has closed it in this moment. */
    private static final int OWNER_GONE = 90067;

    private FirstConnection() {}

    /**
     * Connects, at the second or a later attempt where only another process was in the way.
     *
     * @throws SQLException what the driver says, the last time
     */
    static Connection open(String url, Properties properties) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(url, properties);
            } catch (SQLException e) {
                if (!isInTheWay(url, e) || System.nanoTime() > end || !pause()) {
                    throw e;
                }
                LOG.debug("tries again to open the database: {}", e.getMessage());
            }
        }
    }

    private static boolean isInTheWay(String url, SQLException e) {
        return url.startsWith("jdbc:h2:file:")
                && (e.getErrorCode() == LOCK_FILE_TAKEN || e.getErrorCode() == OWNER_GONE);
    }

    /** Returns false if this thread shall end. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
