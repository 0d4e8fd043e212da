package io.flinkyarn.autoscaler.core.evaluate;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.window.JobMetric;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the TaskManagers are so short of memory that their rates say nothing about what they could process. */
public final class MemoryPressure {

    private MemoryPressure() {}

    /**
     * What is above its threshold, as a sentence for people; empty where nothing is, or nothing is known.
     *
     * <pre>
     *   GC ratio of the latest sample > threshold   or   mean heap usage over the window > threshold
     * </pre>
     */
    public static Optional<String> in(MetricsWindow window, ScalingPolicy.MemoryPressure policy) {
        List<String> findings = new ArrayList<>(0);
        double gc = window.latest(JobMetric.GC_RATIO);
        if (gc > policy.gcThreshold()) {
            findings.add(text(
                    "garbage collection takes %.1f %% of the time, the limit is %.1f %%", gc, policy.gcThreshold()));
        }
        double heap = window.average(JobMetric.HEAP_USAGE);
        if (heap > policy.heapUsageThreshold()) {
            findings.add(text(
                    "the heap is %.1f %% full on average, the limit is %.1f %%", heap, policy.heapUsageThreshold()));
        }
        return findings.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", findings));
    }

    private static String text(String format, double value, double limit) {
        return String.format(Locale.ROOT, format, value * 100, limit * 100);
    }
}
