package io.flinkyarn.autoscaler.jdbc;

import java.sql.Connection;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.database.mysql.MySQLDatabase;
import org.flywaydb.database.mysql.MySQLDatabaseType;

/**
 * MySQL 5.7, as Flyway is to treat it: like any MySQL. Flyway finds this among its plugins. By itself its community edition stops before such a server:
 * its makers answer for MySQL 5.7 to paying customers only. It can do what we need of it there, as it keeps one history table and sends our statements.
 */
public final class MySqlBefore8 extends MySQLDatabaseType {

    private static final Pattern VERSION = Pattern.compile("[1-7]\\..*");
    private static final String OLDEST = "5.7";

    /** Asks the server itself, as Flyway does: a proxy before it may greet with another version. */
    @Override
    public boolean handlesDatabaseProductNameAndVersion(String product, String version, Connection connection) {
        if (!super.handlesDatabaseProductNameAndVersion(product, version, connection)) {
            return false;
        }
        String said = BaseDatabaseType.getSelectVersionOutput(connection);
        return VERSION.matcher(said).matches() && !said.contains("MariaDB");
    }

    /** Before Flyway's own. */
    @Override
    public int getPriority() {
        return super.getPriority() + 1;
    }

    @Override
    public Database<?> createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        return new MySQLDatabase(configuration, connections, interceptor) {
            @Override
            public void ensureSupported(Configuration any) {
                if (!getVersion().isAtLeast(OLDEST)) {
                    throw new FlywayException("the server is MySQL " + getVersion() + ", and " + OLDEST
                            + " or newer is needed, see docs/sql.md");
                }
            }
        };
    }
}
