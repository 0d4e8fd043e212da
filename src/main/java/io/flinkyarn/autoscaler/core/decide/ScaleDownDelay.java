package io.flinkyarn.autoscaler.core.decide;

import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a wish to scale down: it waits until the interval since the first wish is over, and then the largest parallelism wished
 * for meanwhile is applied.
 *
 * @param pending what to remember
 * @param due what to apply; empty while it waits
 */
record ScaleDownDelay(PendingScaleDown pending, Optional<Wish> due) {

    static ScaleDownDelay of(Optional<PendingScaleDown> before, Wish wish, Duration interval) {
        Instant now = wish.at();
        // a first wish in the future was noted by a clock that went wrong
        Optional<PendingScaleDown> earlier =
                before.filter(pending -> !pending.firstWish().isAfter(now));
        Instant firstWish = earlier.map(PendingScaleDown::firstWish).orElse(now);
        List<Wish> wishes = new ArrayList<>();
        // one that a later wish equals or exceeds never becomes the largest again
        earlier.ifPresent(pending -> pending.wishes().stream()
                .filter(w -> !w.at().isBefore(now.minus(interval)) && !w.at().isAfter(now))
                .filter(w -> w.parallelism() > wish.parallelism())
                .forEach(wishes::add));
        wishes.add(wish);
        PendingScaleDown pending = new PendingScaleDown(firstWish, wishes);
        boolean waits = now.isBefore(firstWish.plus(interval));
        return new ScaleDownDelay(pending, waits ? Optional.empty() : Optional.of(pending.largest()));
    }
}
