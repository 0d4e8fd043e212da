package io.flinkyarn.autoscaler.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a job needs at least, if one knew all about it and could rescale it for nothing: for every vertex the smallest parallelism that sustains
 * the momentary rate at the target utilization. The yardstick of the report.
 */
final class LeastFeasible {

    private final JobModel job;
    private final int slots;
    private final double utilization;
    private final double[][] capacities;

    /** @param slots of the cluster: no vertex gets more, whatever it needs */
    LeastFeasible(JobModel job, int slots, double utilization) {
        this.job = job;
        this.slots = slots;
        this.utilization = utilization;
        this.capacities = job.vertices().stream().map(LeastFeasible::capacities).toArray(double[][]::new);
    }

    private static double[] capacities(VertexModel vertex) {
        double[] capacities = new double[vertex.mostSubtasks()];
        for (int p = 1; p <= capacities.length; p++) {
            capacities[p - 1] = vertex.capacity(p);
        }
        return capacities;
    }

    /** By vertex. */
    List<Integer> at(long second) {
        double[] rates = new double[job.size()];
        List<Integer> parallelism = new ArrayList<>(job.size());
        for (int i = 0; i < job.size(); i++) {
            rates[i] += job.vertex(i).load().map(load -> load.at(second)).orElse(0.0);
            parallelism.add(Math.min(slots, smallest(capacities[i], rates[i] / utilization)));
            for (Flow flow : job.flows()) {
                if (flow.from() == i) {
                    rates[flow.to()] += rates[i] * flow.selectivity();
                }
            }
        }
        return parallelism;
    }

    /** By vertex, enough for every moment before {@code end}. */
    List<Integer> atThePeak(long end) {
        List<Integer> peak = at(0);
        for (long second = 0; second < end; second += 10) {
            List<Integer> now = at(second);
            List<Integer> larger = new ArrayList<>(now.size());
            for (int i = 0; i < now.size(); i++) {
                larger.add(Math.max(now.get(i), peak.get(i)));
            }
            peak = larger;
        }
        return peak;
    }

    /** Where none is enough, the one that does most. */
    private static int smallest(double[] capacities, double needed) {
        int best = 0;
        for (int i = 0; i < capacities.length; i++) {
            if (capacities[i] >= needed) {
                return i + 1;
            }
            if (capacities[i] > capacities[best]) {
                best = i;
            }
        }
        return best + 1;
    }
}
