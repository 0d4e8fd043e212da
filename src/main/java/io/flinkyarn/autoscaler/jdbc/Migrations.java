package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the tables up to date: {@code db/migration}, one numbered set for all databases. Numbered files never change once released. */
final class Migrations {

    private static final String HISTORY_TABLE = "schema_history";

    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @throws StoreException if a newer program has changed the tables: nothing is touched then
     */
    static void apply(DataSource source, DatabaseAccess access, Dialect dialect) throws StoreException {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .table(HISTORY_TABLE)
                .locations("classpath:db/migration")
                .placeholders(dialect.words())
                // other tables may live in the same schema
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        refuseNewer(access, flyway.info().all());
        flyway.migrate();
    }

    private static void refuseNewer(DatabaseAccess access, MigrationInfo[] migrations) throws StoreException {
        Optional<MigrationVersion> newer = newest(migrations, Migrations::isFromTheFuture);
        if (newer.isPresent()) {
            throw new StoreException("The tables of the database " + access + " have version " + newer.get()
                    + ", this program knows up to "
                    + newest(migrations, m -> !isFromTheFuture(m)).orElseThrow()
                    + ": start the newer program that changed them, or use another database");
        }
    }

    private static Optional<MigrationVersion> newest(MigrationInfo[] migrations, Predicate<MigrationInfo> which) {
        return Arrays.stream(migrations)
                .filter(MigrationInfo::isVersioned)
                .filter(which)
                .map(MigrationInfo::getVersion)
                .max(Comparator.naturalOrder());
    }

    private static boolean isFromTheFuture(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }
}
