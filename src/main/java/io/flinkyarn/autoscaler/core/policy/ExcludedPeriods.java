package io.flinkyarn.autoscaler.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Times at which no rescale may happen. Made by the policy reader. */
public record ExcludedPeriods(List<Period> periods) {

    /** Every time is allowed. */
    public static final ExcludedPeriods NONE = new ExcludedPeriods(List.of());

    /** One entry of the option. Implementations are immutable, and compare by what the user wrote. */
    public interface Period {

        boolean covers(Instant time);

        /** As the user wrote it. */
        String expression();
    }

    public ExcludedPeriods {
        periods = List.copyOf(periods);
    }

    /** The first period that covers the given time. */
    public Optional<Period> covering(Instant time) {
        return periods.stream().filter(period -> period.covers(time)).findFirst();
    }
}
