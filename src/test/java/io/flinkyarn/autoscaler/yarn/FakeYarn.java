package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ResourceManager whose applications a test sets. It does not filter, as an odd one might. */
final class FakeYarn implements ApplicationSource {

    private List<RunningApplication> applications = List.of();
    private @Nullable String away;
    private int calls;
    private boolean closed;

    void runs(RunningApplication... running) {
        applications = List.of(running);
        away = null;
    }

    void goesAway(String why) {
        away = why;
    }

    int calls() {
        return calls;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public List<RunningApplication> running(ApplicationFilter filter) throws UnreachableException {
        calls++;
        if (away != null) {
            throw new UnreachableException(Category.NO_ANSWER, away);
        }
        return applications;
    }

    @Override
    public void close() {
        closed = true;
    }
}
