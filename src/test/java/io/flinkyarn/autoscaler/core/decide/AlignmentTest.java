package io.flinkyarn.autoscaler.core.decide;

import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.plugin.AlignmentMethod;
import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {

    /** Aligns a wish of a keyed vertex with so many key groups. */
    private static Alignment keyed(int keyGroups, int today, int wish, AlignmentMode mode, ShipStrategy strategy) {
        JobVertex source = vertex("source", 1);
        JobVertex keyed = vertex("keyed", today, keyGroups, OptionalInt.empty());
        JobGraph graph = JobGraph.of(List.of(source, keyed), List.of(new Edge(source.id(), keyed.id(), strategy)));
        return Alignment.of(graph, 1, wish, bounds(keyed, false), mode);
    }

    /** Aligns a wish of a source with so many partitions. */
    private static Alignment source(int partitions, int today, int wish, AlignmentMode mode) {
        JobVertex source = vertex("source", today, 720, OptionalInt.of(partitions));
        return Alignment.of(JobGraph.of(List.of(source), List.of()), 0, wish, bounds(source, true), mode);
    }

    private static ParallelismBounds bounds(JobVertex vertex, boolean source) {
        return ParallelismBounds.of(vertex, source, policy().limits());
    }

    @ParameterizedTest(name = "{0} key groups, {1} wishes {2}, {3}: {4}")
    @CsvSource({
        // a divisor of 128, or the first that makes the largest share smaller
        "128, 4, 5, BALANCED, 6",
        "128, 4, 8, BALANCED, 8",
        "128, 20, 33, BALANCED, 43",
        "128, 20, 65, BALANCED, 128",
        "128, 4, 5, EVENLY_SPREAD, 8",
        "128, 20, 33, EVENLY_SPREAD, 64",
        "128, 4, 5, OFF, 5",
        // down: at most up to today's, where it ends with no change
        "120, 30, 21, EVENLY_SPREAD, 24",
        "120, 30, 25, EVENLY_SPREAD, 30",
        "128, 30, 17, EVENLY_SPREAD, 17",
        // nothing found below the limit of 200
        "719, 30, 150, EVENLY_SPREAD, 150",
    })
    void aKeyedVertexIsAlignedToItsKeyGroups(int keyGroups, int today, int wish, AlignmentMode mode, int aligned) {
        assertThat(keyed(keyGroups, today, wish, mode, ShipStrategy.HASH)).isEqualTo(new Alignment(aligned, false));
    }

    @ParameterizedTest(name = "{0} partitions, {1} wishes {2}, {3}: {4}")
    @CsvSource({
        "12, 12, 7, BALANCED, 12",
        "12, 3, 5, BALANCED, 6",
        "16, 4, 9, EVENLY_SPREAD, 16",
        "15, 4, 7, BALANCED, 8",
        "15, 4, 7, EVENLY_SPREAD, 15",
    })
    void aSourceIsAlignedToItsPartitions(int partitions, int today, int wish, AlignmentMode mode, int aligned) {
        assertThat(source(partitions, today, wish, mode)).isEqualTo(new Alignment(aligned, false));
    }

    @Test
    void aVertexWithoutKeysKeepsItsWish() {
        assertThat(keyed(128, 4, 5, AlignmentMode.EVENLY_SPREAD, ShipStrategy.OTHER))
                .isEqualTo(new Alignment(5, false));
    }

    @Test
    void theDeprecatedModesGoDownWhereNothingIsFoundAbove() {
        // 719 is prime: 150 subtasks have shares of 4 or 5 key groups; so have 144, and 143 would have 6
        assertThat(keyed(719, 30, 150, AlignmentMode.ADJUST_EVENLY_SPREAD, ShipStrategy.HASH))
                .isEqualTo(new Alignment(144, true));
    }

    @Test
    void theDeprecatedModesBlockAChangeThatWouldTurnRound() {
        assertThat(keyed(719, 149, 150, AlignmentMode.ADJUST_EVENLY_SPREAD, ShipStrategy.HASH))
                .isEqualTo(new Alignment(149, true));
    }

    @ParameterizedTest(name = "today {0}, wish {1}, the method says {2}: {3}")
    @CsvSource({
        "4, 6, 9, 9",
        "4, 6, 4, 4",
        // a scale-up may not become a scale-down, nor the other way round
        "4, 6, 3, 4",
        "4, 2, 3, 3",
        "4, 2, 4, 4",
        "4, 2, 5, 4",
        // and nothing leaves the bounds
        "4, 6, 1000, 128",
    })
    void aMethodOfOthersIsHeldToTheDirectionAndTheBounds(int today, int wish, int said, int aligned) {
        assertThat(plugged(today, wish, said, ShipStrategy.HASH)).isEqualTo(new Alignment(aligned, false));
    }

    @Test
    void aMethodOfOthersIsNotAskedAboutAVertexThatNothingIsDealtOutTo() {
        assertThat(plugged(4, 6, 9, ShipStrategy.OTHER)).isEqualTo(new Alignment(6, false));
    }

    private static Alignment plugged(int today, int wish, int said, ShipStrategy strategy) {
        JobVertex source = vertex("source", 1);
        JobVertex keyed = vertex("keyed", today, 128, OptionalInt.empty());
        JobGraph graph = JobGraph.of(List.of(source, keyed), List.of(new Edge(source.id(), keyed.id(), strategy)));
        AlignmentMethod method = (asked, parameters) -> said;
        return Alignment.of(graph, 1, wish, bounds(keyed, false), new Plugged<>("mine", method, Map.of()));
    }
}
