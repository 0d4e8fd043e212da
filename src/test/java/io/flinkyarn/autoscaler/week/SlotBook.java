package io.flinkyarn.autoscaler.week;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Counts cycle by cycle which slots Flink really gave to whom. */
final class SlotBook {

    private final List<Cycle> cycles = new ArrayList<>();

    /** @param recommended slots that the job should have had */
    record Cycle(PlannedJob job, Instant at, int slots, int recommended) {}

    void add(Cycle cycle) {
        cycles.add(cycle);
    }

    double slotHours(Predicate<Cycle> which) {
        return hours(cycles.stream().filter(which).mapToLong(Cycle::slots).sum());
    }

    double recommendedSlotHours(Predicate<Cycle> which) {
        return hours(cycles.stream().filter(which).mapToLong(Cycle::recommended).sum());
    }

    private static double hours(long ofCycles) {
        return ofCycles * Plan.INTERVAL.toMinutes() / 60.0;
    }
}
