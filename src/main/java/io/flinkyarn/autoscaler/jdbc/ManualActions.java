package io.flinkyarn.autoscaler.jdbc;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code manual_action}: who told the autoscaler to do what, and why. Any thread may call it. */
public final class ManualActions {

    private static final String INSERT = """
            INSERT INTO manual_action (acted_at, action, scope, target, user_name, reason)
            VALUES (:actedAt, :action, :scope, :target, :userName, :reason)
            """;

    private final Database database;

    /** The database is closed by whoever has opened it. */
    public ManualActions(Database database) {
        this.database = database;
    }

    /** What can be done by hand. */
    public enum Action {
        PAUSE,
        RESUME,
        /** Forget what was learnt about a job. */
        RESET,
        MODE_OFF,
        MODE_OBSERVE,
        MODE_SCALE,
        /** Take back a mode, so that the options hold again. */
        MODE_DEFAULT
    }

    /** What an action is about. */
    public enum Scope {
        JOB,
        TAG,
        CLUSTER,
        ALL
    }

    /**
     * Puts an action on record.
     *
     * @param target the job, tag or cluster; empty for all
     * @param user who did it
     */
    public void record(Action action, Scope scope, String target, String user, Optional<String> reason, Instant now)
            throws StoreException {
        database.transaction("record that " + user + " did " + action, handle -> {
            insert(handle, action, scope, target, user, reason, now);
            return true;
        });
    }

    static void insert(
            Handle handle,
            Action action,
            Scope scope,
            String target,
            String user,
            Optional<String> reason,
            Instant now) {
        handle.createUpdate(INSERT)
                .bind("actedAt", now.toEpochMilli())
                .bind("action", action.name())
                .bind("scope", scope.name())
                .bind("target", Columns.cut(target, 500))
                .bind("userName", Columns.cut(user, 255))
                .bind("reason", reason.map(text -> Columns.cut(text, 1000)))
                .execute();
    }
}
