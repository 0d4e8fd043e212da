package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flinkyarn.autoscaler.core.decide.RescalePlan.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RescalePlanTest {

    private static final Change A = new Change(id("a"), 1, 2);
    private static final Change B = new Change(id("b"), 2, 1);

    @Test
    void isTheSameInWhateverOrderItsChangesAreGiven() {
        RescalePlan plan = new RescalePlan(List.of(B, A));

        assertThat(plan).isEqualTo(new RescalePlan(List.of(A, B)));
        assertThat(plan.changes()).containsExactly(A, B);
        assertThat(plan.targets())
                .isEqualTo(Map.of(id("a"), 2, id("b"), 1))
                .containsExactly(Map.entry(id("a"), 2), Map.entry(id("b"), 1));
    }

    @Test
    void isNeverEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RescalePlan(List.of()));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "3, 3"})
    void knowsNoChangeThatIsNone(int from, int to) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Change(id("a"), from, to))
                .withMessageContaining("from " + from + " to " + to);
    }
}
