package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourcePartitionsTest {

    @Test
    void countsKafkaPartitionsOverTopicsOnce() {
        assertThat(SourcePartitions.count(List.of(
                        "Source__in.KafkaSourceReader.topic.orders.partition.0.currentOffset",
                        "Source__in.KafkaSourceReader.topic.orders.partition.0.committedOffset",
                        "Source__in.KafkaSourceReader.topic.orders.partition.1.currentOffset",
                        "Source__in.KafkaSourceReader.topic.orders.partition.1.currentOffset",
                        "Source__in.KafkaSourceReader.topic.pay.partition.v2.partition.1.currentOffset")))
                .hasValue(3);
    }

    @Test
    void tellsKafkaClustersApart() {
        assertThat(SourcePartitions.count(List.of(
                        "Source__in.kafkaCluster.east.KafkaSourceReader.topic.orders.partition.0.currentOffset",
                        "Source__in.kafkaCluster.west.KafkaSourceReader.topic.orders.partition.0.currentOffset")))
                .hasValue(2);
    }

    @Test
    void countsPulsarPartitions() {
        assertThat(SourcePartitions.count(List.of(
                        "Source__in.PulsarConsumer.persistent_//public/default/t-partition-0.d842f.numMsgsReceived",
                        "Source__in.PulsarConsumer.persistent_//public/default/t-partition-1.a11b2.numMsgsReceived",
                        "Source__in.PulsarConsumer.persistent_//public/default/t-partition-1.a11b2.numAcksSent")))
                .hasValue(2);
    }

    @Test
    void aSourceWithoutPartitionsHasNoneToTell() {
        List<String> names = Recorded.metrics(Recorded.MEASURED, "21-vertex0-subtasks-metrics-list").stream()
                .map(Metric::id)
                .toList();

        assertThat(names).hasSizeGreaterThan(50);
        assertThat(SourcePartitions.count(names)).isEmpty();
    }
}
