package io.flinkyarn.autoscaler.yarn;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ResourceManager whose applications a test sets. It does not filter, as an odd one might. */
final class FakeYarn implements ApplicationSource {

    private List<RunningApplication> applications = List.of();
    private Set<String> accepted = Set.of();
    private @Nullable String away;
    private int calls;
    private boolean closed;
    private boolean silent;
    private final Map<String, Fate> fates = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    void runs(RunningApplication... running) {
        applications = List.of(running);
        accepted = Set.of();
        away = null;
    }

    /** Is about to run these once more. */
    void accepts(RunningApplication... waiting) {
        accepted = Arrays.stream(waiting).map(RunningApplication::id).collect(toUnmodifiableSet());
    }

    void goesAway(String why) {
        away = why;
    }

    /** Lists applications, but does not report on single ones from now on. */
    void givesNoReports(boolean next) {
        silent = next;
    }

    void tells(RunningApplication application, Fate fate) {
        fates.put(application.id(), fate);
    }

    /** Of which applications it was asked what became of them, in this order. */
    List<String> reports() {
        return List.copyOf(asked);
    }

    int calls() {
        return calls;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ReportedApplications list(ApplicationFilter filter) throws UnreachableException {
        calls++;
        if (away != null) {
            throw new UnreachableException(Category.NO_ANSWER, away);
        }
        return new ReportedApplications(applications, accepted);
    }

    @Override
    public Fate fate(String applicationId) throws UnreachableException {
        asked.add(applicationId);
        if (away != null || silent) {
            throw new UnreachableException(Category.NO_ANSWER, "no report");
        }
        return fates.getOrDefault(applicationId, new Fate.Unknown());
    }

    @Override
    public void close() {
        closed = true;
    }
}
