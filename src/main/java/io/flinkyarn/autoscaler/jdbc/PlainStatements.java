package io.flinkyarn.autoscaler.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Prepares statements without a word about their results. Where a type of result is named, as Jdbi does by itself, MariaDB's driver takes it that the keys of
 * the rows are wanted, and sends the rows of a batch one by one.
 */
final class PlainStatements extends DefaultStatementBuilder {

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        return context.isReturningGeneratedKeys()
                ? super.create(connection, sql, context)
                : connection.prepareStatement(sql);
    }
}
