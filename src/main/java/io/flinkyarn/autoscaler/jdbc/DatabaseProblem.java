package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.api.FlywayException;

/** Says in one line what is wrong with a database, and what to do about it. */
final class DatabaseProblem {

    /** Error codes of H2, as its documentation lists them; it has no SQLState for these. */
    private static final int H2_CANNOT_CREATE_FILE = 90062;

    private static final int H2_IO = 90028;
    private static final int H2_IO_WITH_FILE = 90031;
    private static final int H2_FILE_CORRUPTED = 90030;
    private static final int H2_ALREADY_OPEN = 90020;
    private static final int H2_OTHER_FORMAT = 90048;
    private static final int H2_READ_ONLY = 90097;
    private static final int H2_NO_SUCH_DATABASE = 90149;
    private static final int H2_NOT_THERE = 90146;

    private DatabaseProblem() {}

    static StoreException opening(DatabaseAccess access, Dialect dialect, SQLException e) {
        String why = dialect == Dialect.H2 ? ofH2(e) : ofServer(access, e);
        return new StoreException("Cannot open the database " + access + ": " + access.hide(why), e);
    }

    static StoreException migrating(DatabaseAccess access, FlywayException e) {
        // What Flyway itself does not like has nothing to do with rights.
        String rights =
                isOfClass(e, "") ? "; the user needs the rights to create and alter tables, indexes and views" : "";
        return new StoreException(
                "Cannot bring the tables of the database " + access + " up to date: " + access.hide(firstLine(e))
                        + rights,
                e);
    }

    private static String ofH2(SQLException e) {
        return switch (e.getErrorCode()) {
            case H2_ALREADY_OPEN ->
                "another process has locked the file; stop it, or open it with AUTO_SERVER=TRUE in the URL there and here";
            case H2_FILE_CORRUPTED, H2_OTHER_FORMAT ->
                "the file is damaged or was written by another version of H2 (" + firstLine(e)
                        + "); restore it from a backup, or move it away to start anew";
            case H2_CANNOT_CREATE_FILE, H2_IO, H2_IO_WITH_FILE, H2_READ_ONLY, H2_NO_SUCH_DATABASE ->
                "the file cannot be read or written (" + firstLine(e)
                        + "); this user needs write permission for the file and its directory";
            case H2_NOT_THERE -> "there is no such file yet; the daemon makes it when it first starts";
            default -> ofServer(e);
        };
    }

    private static String ofServer(DatabaseAccess access, SQLException e) {
        return access.password().isEmpty() && isLogin(e) ? ofServer(e) + " (no password was given)" : ofServer(e);
    }

    private static String ofServer(SQLException e) {
        if (isLogin(e)) {
            return "wrong user or password";
        }
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08")
                ? "the server does not answer (" + firstLine(e) + "); check host, port and whether it runs"
                : firstLine(e);
    }

    private static boolean isLogin(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("28");
    }

    /** Whether a row was refused because its key is taken: class 23 in every dialect. */
    static boolean isDuplicate(Throwable e) {
        return isOfClass(e, "23");
    }

    /** Whether the rows themselves were refused: values that do not fit, keys that are taken or not there. */
    static boolean isRefused(Throwable e) {
        return isOfClass(e, "22", "23");
    }

    /** Whether a transaction had to make way for another one: class 40 in every dialect. */
    static boolean isRolledBack(Throwable e) {
        return isOfClass(e, "40");
    }

    /** Whether the database can write nothing at all, and not only these rows, or not in this moment. */
    static boolean isAway(Throwable e) {
        return !isRefused(e) && !isRolledBack(e);
    }

    private static boolean isOfClass(Throwable e, String... classes) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && Arrays.stream(classes).anyMatch(String.valueOf(sql.getSQLState())::startsWith)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost cause that says something, without the statement and the stack that drivers append. */
    static String firstLine(Throwable e) {
        String message = e.toString();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                message = cause.getMessage();
            }
        }
        return message.lines()
                .findFirst()
                .orElse("")
                .replaceFirst("; SQL statement:.*", "")
                .strip();
    }
}
