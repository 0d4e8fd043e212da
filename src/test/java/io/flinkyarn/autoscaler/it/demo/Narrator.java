package io.flinkyarn.autoscaler.it.demo;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.it.demo.Decisions.Change;
import io.flinkyarn.autoscaler.it.demo.Decisions.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Tells on the console what happens, with the time since the start. For one thread. */
final class Narrator {

    private final long startNanos = System.nanoTime();
    /** The phase that was told last, by decision. */
    private final Map<Long, String> told = new HashMap<>();

    long seconds() {
        return (System.nanoTime() - startNanos) / 1_000_000_000;
    }

    void say(String format, Object... arguments) {
        long seconds = seconds();
        System.out.printf(
                Locale.ROOT,
                "%2d:%02d  %s%n",
                seconds / 60,
                seconds % 60,
                String.format(Locale.ROOT, format, arguments));
    }

    /** A line that continues the one before. */
    void add(String format, Object... arguments) {
        System.out.println("      " + String.format(Locale.ROOT, format, arguments));
    }

    void blank() {
        System.out.println();
    }

    /** One line per decision that was not told yet, and one when a rescale has come further. */
    void tell(List<Decision> decisions) {
        for (Decision decision : decisions) {
            String phase = Objects.requireNonNullElse(decision.phase(), "");
            String before = told.put(decision.id(), phase);
            if (before == null) {
                tell(decision);
            } else if (!before.equals(phase)) {
                tellPhase(decision, phase);
            }
        }
    }

    private void tell(Decision decision) {
        if (decision.isRescale()) {
            decision.changes().forEach(this::tell);
        } else {
            String sentence = HoldReason.valueOf(decision.reason()).sentence();
            String detail = decision.detail().equals(sentence) ? "" : " (" + decision.detail() + ")";
            say("hold     %s%s", sentence, detail);
        }
    }

    private void tell(Change change) {
        say(
                "RESCALE  %s %d -> %d | true processing rate %.1f/s, target rate %.1f/s | %s",
                change.vertex(),
                change.from(),
                change.to(),
                change.trueProcessingRate(),
                change.targetRate(),
                change.why());
    }

    private void tellPhase(Decision decision, String phase) {
        switch (phase) {
            case "ACCEPTED" -> say("         accepted by Flink");
            case "RUNNING" -> say("         runs %.1f s after the decision", decision.restartMillis() / 1_000.0);
            default -> say("         %s: %s", phase, Objects.requireNonNullElse(decision.phaseDetail(), ""));
        }
    }

    /** Columns of equal width. */
    void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(r -> r.get(column).length())
                        .max()
                        .orElse(0);
                line.append(String.format("%-" + (width + 2) + "s", row.get(i)));
            }
            add("%s", line.toString().stripTrailing());
        }
    }
}
