package io.flinkyarn.autoscaler.core;

import io.flinkyarn.autoscaler.core.GoldenReplay.Difference;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a golden case ended.
 *
 * @param records decision records that explain how it differs; empty where it agrees
 * @param decisions the decisions that differ, for people
 * @param unexplained what differs and is explained by no record
 */
record GoldenOutcome(GoldenCase golden, Set<String> records, List<String> decisions, List<Difference> unexplained) {

    private static final Set<String> DECISIONS = Set.of("newParallelism", "rescale", "pendingScaleDowns", "windowFull");

    /**
     * Runs a case as it is. If it differs, it is run once more with samples, rates and durations rounded as the original rounds them, and what then
     * still differs has to be explained one by one.
     */
    static GoldenOutcome of(GoldenCase golden) {
        if (golden.reading() instanceof PolicyReading.Invalid invalid
                && invalid.problems().stream()
                        .allMatch(problem -> problem.key().endsWith("parallelism-alignment.mode"))) {
            return new GoldenOutcome(
                    golden, Set.of(GoldenDifferences.UNKNOWN_NAME), List.of("the configuration is refused"), List.of());
        }
        List<Difference> differences = new GoldenReplay(golden, golden.policy()).differences();
        if (differences.isEmpty()) {
            return new GoldenOutcome(golden, Set.of(), List.of(), List.of());
        }
        Set<String> records = new TreeSet<>();
        List<Difference> unexplained = new ArrayList<>();
        GoldenCase rounded = golden.asTheOriginalRounds();
        List<Difference> remaining = new GoldenReplay(rounded, rounded.policy()).differences();
        for (Difference difference : remaining) {
            Optional<String> record = GoldenDifferences.recordOf(difference);
            record.ifPresentOrElse(records::add, () -> unexplained.add(difference));
        }
        if (remaining.size() < differences.size()) {
            records.add(golden.hasPartsOfSeconds() ? GoldenDifferences.DURATIONS : GoldenDifferences.ROUNDING);
        }
        List<String> decisions = differences.stream()
                .filter(difference -> DECISIONS.contains(difference.field()))
                .map(Difference::inShort)
                .toList();
        return new GoldenOutcome(golden, records, decisions, unexplained);
    }

    boolean differs() {
        return !records.isEmpty();
    }

    String line() {
        return "| " + golden.file() + " | " + golden.name() + " | "
                + records.stream().map(record -> record.substring(0, 4)).collect(Collectors.joining(", ")) + " | "
                + String.join("; ", decisions) + " |";
    }
}
