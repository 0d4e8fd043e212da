package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

    @TempDir
    private Path directory;

    /** Names of what is done again and again with this store and these event handlers. */
    private List<String> chores(String store, String events) throws Refusal {
        Map<String, String> environment =
                Map.of("AUTOSCALER_DATA_DIR", directory.resolve("data").toString());
        Surroundings surroundings = new Surroundings(new Directories(directory, directory), environment);
        ProcessConfiguration process = surroundings
                .configuration(List.of(
                        "--flinkClusterHost",
                        "127.0.0.1",
                        "--autoscaler.standalone.state-store.type",
                        store,
                        "--autoscaler.standalone.event-handler.type",
                        events))
                .process();
        Closing closing = new Closing();
        try {
            return Records.open(process, surroundings, new Board(), Clock.systemUTC(), closing).chores().stream()
                    .map(Chore::name)
                    .toList();
        } finally {
            closing.close();
        }
    }

    @Test
    void wherever_there_is_a_database_the_status_is_recorded_and_old_history_deleted() throws Exception {
        assertThat(chores("JDBC", "LOGGING")).contains("record", "purge");
        assertThat(chores("MEMORY", "JDBC")).contains("record", "purge");
        assertThat(chores("MEMORY", "LOGGING")).containsExactly("orders");
    }
}
