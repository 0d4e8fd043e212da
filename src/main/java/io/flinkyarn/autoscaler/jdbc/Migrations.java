package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the tables up to date: {@code db/migration}, one numbered set for all databases. Numbered files never change once released. */
final class Migrations {

    private static final String HISTORY_TABLE = "schema_history";

    /** The version of a database that holds other tables only. */
    private static final String NO_TABLES = "0";

    private final DatabaseAccess access;
    private final Flyway flyway;

    Migrations(DataSource source, DatabaseAccess access, Dialect dialect) {
        this.access = access;
        this.flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .table(HISTORY_TABLE)
                .locations("classpath:db/migration")
                .placeholders(dialect.words())
                // other tables may live in the same schema
                .baselineOnMigrate(true)
                .baselineVersion(NO_TABLES)
                .load();
    }

    /**
     * Applies what is missing. Of two processes that do so at once, one waits for the other.
     *
     * @throws StoreException if a newer program has changed the tables: nothing is touched then
     */
    SchemaChange apply() throws StoreException {
        refuseNewer(flyway.info().all());
        MigrateResult result = migrate();
        return new SchemaChange(
                Optional.ofNullable(result.initialSchemaVersion).filter(version -> !version.equals(NO_TABLES)),
                version().orElseThrow());
    }

    private MigrateResult migrate() {
        try {
            return flyway.migrate();
        } catch (FlywayException first) {
            if (first.getErrorCode() != CoreErrorCode.ERROR) {
                throw first;
            }
            // Flyway waits for another process in its migrations, but not before them: it may have looked for its own
            // table just before the other made it.
            try {
                return flyway.migrate();
            } catch (FlywayException again) {
                again.addSuppressed(first);
                throw again;
            }
        }
    }

    /**
     * Touches nothing.
     *
     * @param views whether they have to be those of this program, too
     * @throws StoreException if the tables are not those of this program
     */
    SchemaChange check(boolean views) throws StoreException {
        MigrationInfoService found = flyway.info();
        refuseNewer(found.all());
        Optional<String> version = version();
        if (Arrays.stream(found.pending()).anyMatch(m -> views || m.isVersioned())) {
            throw new StoreException(version.map(
                                    older -> "The tables of the database " + access + " have version " + older
                                            + ", this program needs "
                                            + newest(found.all(), m -> true).orElseThrow())
                            .orElse("The database " + access + " has no tables of the autoscaler")
                    + ": run 'bin/autoscaler.sh migrate' once");
        }
        return new SchemaChange(version, version.orElseThrow());
    }

    private Optional<String> version() {
        return Optional.ofNullable(flyway.info().current())
                .map(current -> current.getVersion().toString())
                .filter(version -> !version.equals(NO_TABLES));
    }

    private void refuseNewer(MigrationInfo[] migrations) throws StoreException {
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
