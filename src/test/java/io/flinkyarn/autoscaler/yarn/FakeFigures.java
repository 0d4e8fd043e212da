package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A ResourceManager whose figures a test sets; it writes down what it is asked. */
final class FakeFigures implements FiguresSource {

    private Figures figures = new Figures(List.of(), List.of());
    private @Nullable String away;
    private final Map<String, Integer> containers = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    void has(Figures next) {
        figures = next;
        away = null;
    }

    void goesAway(String why) {
        away = why;
    }

    void runs(String applicationId, int count) {
        containers.put(applicationId, count);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Figures figures() throws UnreachableException {
        calls.add("figures");
        if (away != null) {
            throw new UnreachableException(Category.NO_ANSWER, away);
        }
        return figures;
    }

    @Override
    public OptionalInt containers(String applicationId) {
        calls.add(applicationId);
        Integer count = containers.get(applicationId);
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }
}
