package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.testing.DatabaseServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of this package that ask a {@link TestDatabase}, on every server. On an H2 file they run by themselves. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2_FILE")
class EveryDatabaseIT {

    /** The argument is for {@link #use}. */
    EveryDatabaseIT(DatabaseServer server) {}

    @BeforeParameterizedClassInvocation
    static void use(DatabaseServer server) {
        TestDatabase.server = server;
    }

    @AfterParameterizedClassInvocation
    static void backToTheFile() {
        TestDatabase.server = DatabaseServer.H2_FILE;
    }

    @Nested
    class Store extends JdbcAutoScalerStateStoreTest {}

    @Nested
    class Orders extends JdbcManualControlTest {}

    @Nested
    class History extends DecisionHistoryTest {}

    @Nested
    class Events extends EventRowsTest {}

    @Nested
    class OldHistory extends RetentionTest {}

    @Nested
    class Samples extends LateWritesTest {}

    @Nested
    class LogicalJobs extends LogicalJobTest {}

    @Nested
    class Status extends StatusRecorderTest {}

    @Nested
    class Options extends JobOptionRowsTest {}

    @Nested
    class Ends extends RunEndsTest {}

    @Nested
    class Usage extends SlotUsageTest {}

    @Nested
    class Import extends FlinkImportTest {}

    @Nested
    class ImportOfStates extends FlinkStateImportTest {}

    @Nested
    class Opening extends DatabaseOpeningTest {}

    @Nested
    class Past extends JdbcArchiveTest {}

    @Nested
    class Deadlocks extends DeadlockTest {}

    @Nested
    class Upserts extends UpsertTest {}

    @Nested
    class EventHistories extends EventHistoryTest {}

    @Nested
    class Explanations extends JobExplanationTest {}

    @Nested
    class Values extends StoredValuesTest {}
}
