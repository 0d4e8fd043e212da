package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Outage;
import java.util.List;

/**
 * A job, what befalls it, and for how long.
 *
 * @param story what happens, for the report
 * @param hours of virtual time
 * @param slots of the cluster
 * @param steps seconds at which the load changes for good; empty: it does not, or never rests
 */
record Scenario(
        String name,
        String story,
        JobModel job,
        long hours,
        int slots,
        Outage outage,
        MetricFaults faults,
        List<Long> steps) {

    private static final int PLENTY = 1000;

    Scenario {
        steps = List.copyOf(steps);
    }

    static Scenario of(String name, String story, long hours, JobModel job) {
        return new Scenario(name, story, job, hours, PLENTY, Outage.NONE, MetricFaults.NONE, List.of());
    }

    Scenario withSlots(int limit) {
        return new Scenario(name, story, job, hours, limit, outage, faults, steps);
    }

    Scenario with(Outage other) {
        return new Scenario(name, story, job, hours, slots, other, faults, steps);
    }

    Scenario with(MetricFaults other) {
        return new Scenario(name, story, job, hours, slots, outage, other, steps);
    }

    Scenario withStepsAt(Long... seconds) {
        return new Scenario(name, story, job, hours, slots, outage, faults, List.of(seconds));
    }

    long seconds() {
        return hours * 3600;
    }
}
