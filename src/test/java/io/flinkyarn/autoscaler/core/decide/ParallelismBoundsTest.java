package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Limits;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ParallelismBoundsTest {

    private static final Limits LIMITS = policy("vertex.min-parallelism", "4", "vertex.max-parallelism", "50")
            .limits();

    @Test
    void areThoseOfThePolicy() {
        assertThat(ParallelismBounds.of(vertex("v", 10), false, LIMITS))
                .isEqualTo(new ParallelismBounds(4, 50, Limit.MAX_PARALLELISM));
    }

    @Test
    void includeWhatTheVertexRunsAtAlready() {
        assertThat(ParallelismBounds.of(vertex("v", 2), false, LIMITS).lower()).isEqualTo(2);
        assertThat(ParallelismBounds.of(vertex("v", 60), false, LIMITS).upper()).isEqualTo(60);
    }

    @Test
    void endAtTheCapOfAnAdministratorAndSayThatItIsOne() {
        Limits capped = new Limits(1, 50, true, 100_000, 0.6, Duration.ZERO);
        assertThat(ParallelismBounds.of(vertex("v", 10), false, capped))
                .isEqualTo(new ParallelismBounds(1, 50, Limit.MAX_PARALLELISM_CAP));
        assertThat(ParallelismBounds.of(vertex("v", 60), false, capped).upper())
                .as("a cap moves nothing by itself")
                .isEqualTo(60);
    }

    @Test
    void endAtTheKeyGroups() {
        assertThat(ParallelismBounds.of(vertex("v", 10, 32, OptionalInt.empty()), false, LIMITS))
                .isEqualTo(new ParallelismBounds(4, 32, Limit.KEY_GROUPS));
    }

    @Test
    void ofASourceEndAtItsPartitions() {
        assertThat(ParallelismBounds.of(vertex("v", 10, 128, OptionalInt.of(16)), true, LIMITS))
                .isEqualTo(new ParallelismBounds(4, 16, Limit.SOURCE_PARTITIONS));
    }

    @Test
    void doNotPushASourceDownToItsPartitions() {
        assertThat(ParallelismBounds.of(vertex("v", 20, 128, OptionalInt.of(16)), true, LIMITS)
                        .upper())
                .isEqualTo(20);
    }

    @Test
    void ofOtherVerticesDoNotKnowPartitions() {
        assertThat(ParallelismBounds.of(vertex("v", 10, 128, OptionalInt.of(16)), false, LIMITS)
                        .upper())
                .isEqualTo(50);
    }
}
