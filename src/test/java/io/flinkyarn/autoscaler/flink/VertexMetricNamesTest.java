package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VertexMetricNamesTest {

    @Test
    void aSourceIsAskedForItsOwnMetricsAndNotForThoseOfTheOperatorsChainedToIt() {
        List<String> listed = Recorded.metrics(Recorded.MEASURED, "21-vertex0-subtasks-metrics-list").stream()
                .map(Metric::id)
                .toList();

        assertThat(VertexMetricNames.ofSource(listed).names())
                .containsExactly(
                        "busyTimeMsPerSecond",
                        "backPressuredTimeMsPerSecond",
                        "numRecordsInPerSecond",
                        "Source__Sequence_Source.numRecordsIn",
                        "Source__Sequence_Source.numRecordsInPerSecond",
                        "Source__Sequence_Source.numRecordsOut");
    }

    @Test
    void everySourceOfAVertexTellsItsLag() {
        List<String> listed = List.of("Source__a.pendingRecords", "Source__b.pendingRecords", "pendingRecords");

        assertThat(VertexMetricNames.ofSource(listed).names())
                .contains("Source__a.pendingRecords", "Source__b.pendingRecords")
                .doesNotContain("pendingRecords");
    }

    @Test
    void bracesCannotBeAskedForThroughTheProxy() {
        VertexMetricNames names = VertexMetricNames.ofSource(List.of("Source__{a}.numRecordsIn"));

        assertThat(names.unaskable(true)).containsExactly("Source__{a}.numRecordsIn");
        assertThat(names.unaskable(false)).isEmpty();
        assertThat(names.without(names.unaskable(true))).isEqualTo(VertexMetricNames.INNER);
    }

    @Test
    void aNameThatLeavesNoRoomInTheUrlCannotBeAskedForAtAll() {
        VertexMetricNames names = VertexMetricNames.ofSource(List.of("Source__" + "%".repeat(1001) + ".numRecordsIn"));

        assertThat(names.unaskable(false)).hasSize(1);
    }
}
