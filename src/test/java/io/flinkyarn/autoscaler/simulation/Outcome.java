package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Change;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What came of one run: what it cost, and how late the job was. Filled by the simulation, read by the report and the tests. */
final class Outcome {

    /** Lags above it count as this one, s. */
    private static final int LONGEST_LAG = 12 * 3600;

    private static final double HOUR = 3600;

    private final Scenario scenario;
    private final List<Change> changes;
    private final int[] secondsAtLag = new int[LONGEST_LAG + 1];
    private final Map<HoldReason, Integer> holds = new EnumMap<>(HoldReason.class);
    private int decisions;
    private double slotSeconds;
    private double leastSlotSeconds;

    /** @param changes grows while the simulation runs */
    Outcome(Scenario scenario, List<Change> changes) {
        this.scenario = scenario;
        this.changes = changes;
    }

    void second(int slots, int lagSeconds) {
        slotSeconds += slots;
        secondsAtLag[Math.min(LONGEST_LAG, lagSeconds)]++;
    }

    void least(int slots, long seconds) {
        leastSlotSeconds += slots * (double) seconds;
    }

    void decided(Decision decision) {
        decisions += decision.match(hold -> 0, rescale -> 1);
        if (decision instanceof Decision.Hold hold) {
            holds.merge(hold.reason(), 1, Integer::sum);
        }
    }

    double slotHours() {
        return slotSeconds / HOUR;
    }

    /** Slot-hours over those of the least feasible. */
    double overLeast() {
        return slotSeconds / leastSlotSeconds;
    }

    /** Rescales that were decided, whether Flink could do something about it or not. */
    int decisions() {
        return decisions;
    }

    double decisionsPerDay() {
        return decisions * 24.0 / scenario.hours();
    }

    /** Restarts at another parallelism. */
    List<Change> changes() {
        return changes;
    }

    double rescalesPerDay() {
        return changes.size() * 24.0 / scenario.hours();
    }

    /** Rescales that take a vertex back the way it came less than an hour ago. */
    int reversals() {
        int reversals = 0;
        for (int i = 1; i < changes.size(); i++) {
            reversals += isReversal(i) ? 1 : 0;
        }
        return reversals;
    }

    private boolean isReversal(int latest) {
        Change change = changes.get(latest);
        for (int vertex = 0; vertex < change.to().size(); vertex++) {
            int way = way(change, vertex);
            for (int i = latest - 1; i >= 0 && changes.get(i).second() > change.second() - HOUR; i--) {
                if (way * way(changes.get(i), vertex) < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int way(Change change, int vertex) {
        return Integer.compare(change.to().get(vertex), change.from().get(vertex));
    }

    /** Share of the time, in [0, 1]. */
    double timeWithLagAbove(int seconds) {
        double above = 0;
        for (int lag = seconds + 1; lag <= LONGEST_LAG; lag++) {
            above += secondsAtLag[lag];
        }
        return above / scenario.seconds();
    }

    /** The lag that is not exceeded in this share of the time, s. */
    int lag(double share) {
        double left = share * scenario.seconds();
        int lag = 0;
        while (lag < LONGEST_LAG && left > secondsAtLag[lag]) {
            left -= secondsAtLag[lag++];
        }
        return lag;
    }

    /** Rescales that a step of the load led to, the worst of them; empty where the scenario has no steps. */
    OptionalInt stepsToConverge() {
        int worst = -1;
        for (int i = 0; i < scenario.steps().size(); i++) {
            long from = scenario.steps().get(i);
            long to = i + 1 < scenario.steps().size() ? scenario.steps().get(i + 1) : scenario.seconds();
            long steps = changes.stream()
                    .filter(c -> c.second() >= from && c.second() < to)
                    .count();
            worst = Math.max(worst, (int) steps);
        }
        return worst < 0 ? OptionalInt.empty() : OptionalInt.of(worst);
    }

    /** Cycles that ended with this reason to leave the job as it is. */
    int holds(HoldReason reason) {
        return holds.getOrDefault(reason, 0);
    }
}
