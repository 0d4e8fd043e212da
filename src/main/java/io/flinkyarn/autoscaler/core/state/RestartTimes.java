package io.flinkyarn.autoscaler.core.state;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tracked rescales of one job.
 *
 * @param tracked oldest first
 */
public record RestartTimes(List<TrackedRestart> tracked) {

    public RestartTimes {
        tracked = List.copyOf(tracked);
    }

    /** What the policy looks back on; the latest one always stays. */
    public RestartTimes within(ScalingPolicy.History policy, Instant now) {
        int first = Math.max(0, tracked.size() - policy.maxCount());
        Instant oldest = now.minus(policy.maxAge());
        while (first < tracked.size() && tracked.get(first).decidedAt().isBefore(oldest)) {
            first++;
        }
        return new RestartTimes(tracked.subList(Math.max(0, Math.min(first, tracked.size() - 1)), tracked.size()));
    }

    /** These and a rescale that was decided just now. */
    public RestartTimes begin(Instant decidedAt) {
        List<TrackedRestart> more = new ArrayList<>(tracked);
        more.add(new TrackedRestart(decidedAt, Optional.empty()));
        return new RestartTimes(more);
    }

    /** The same with the end of the rescale that was decided at the given time, where it is tracked and open. */
    public RestartTimes end(Instant decidedAt, Duration duration) {
        return new RestartTimes(tracked.stream()
                .map(t -> t.decidedAt().equals(decidedAt) && t.duration().isEmpty()
                        ? new TrackedRestart(decidedAt, Optional.of(duration))
                        : t)
                .toList());
    }

    /** These without the ones whose end was not seen. */
    RestartTimes measured() {
        return new RestartTimes(
                tracked.stream().filter(t -> t.duration().isPresent()).toList());
    }

    /** These without the rescale that was decided at the given time. */
    RestartTimes without(Instant decidedAt) {
        return new RestartTimes(
                tracked.stream().filter(t -> !t.decidedAt().equals(decidedAt)).toList());
    }

    /**
     * How long a rescale is expected to take: as long as the slowest one that was tracked, at most the limit. Where none was, or tracking is
     * off, what the policy says.
     */
    public Duration expected(ScalingPolicy.Restart policy) {
        if (!policy.tracked()) {
            return policy.time();
        }
        return tracked.stream()
                .flatMap(t -> t.duration().stream())
                .max(Comparator.naturalOrder())
                .map(longest -> longest.compareTo(policy.trackedLimit()) > 0 ? policy.trackedLimit() : longest)
                .orElse(policy.time());
    }
}
