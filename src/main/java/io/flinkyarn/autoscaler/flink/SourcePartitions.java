package io.flinkyarn.autoscaler.flink;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the partitions that a source reads, from the names of the metrics that Kafka's and Pulsar's connectors keep for each of them. */
final class SourcePartitions {

    private static final Pattern KAFKA = Pattern.compile("(?:\\bkafkaCluster\\.(?<cluster>.+)\\.)?"
            + "\\bKafkaSourceReader\\.topic\\.(?<topic>.+)\\.partition\\.(?<number>\\d+)\\.currentOffset$");
    private static final Pattern PULSAR =
            Pattern.compile("\\bPulsarConsumer\\.(?<topic>.+)-partition-(?<number>\\d+)\\b.*\\bnumMsgsReceived$");

    private SourcePartitions() {}

    /** Distinct partitions; empty where no metric names one. */
    static OptionalInt count(List<String> metricNames) {
        Set<List<String>> partitions = new HashSet<>();
        for (String name : metricNames) {
            Matcher kafka = KAFKA.matcher(name);
            if (kafka.find()) {
                String cluster = kafka.group("cluster");
                partitions.add(List.of(cluster == null ? "" : cluster, kafka.group("topic"), kafka.group("number")));
            }
            Matcher pulsar = PULSAR.matcher(name);
            if (pulsar.find()) {
                partitions.add(List.of(pulsar.group("topic"), pulsar.group("number")));
            }
        }
        return partitions.isEmpty() ? OptionalInt.empty() : OptionalInt.of(partitions.size());
    }
}
