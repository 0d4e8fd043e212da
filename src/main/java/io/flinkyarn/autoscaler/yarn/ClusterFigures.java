package io.flinkyarn.autoscaler.yarn;

import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.yarn.Figures.Node;
import io.flinkyarn.autoscaler.yarn.Figures.Queue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationResourceUsageReport;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueConfigurations;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueStatistics;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.jspecify.annotations.Nullable;

/** Reads the figures of queues and nodes from Hadoop's records, of which old and other schedulers leave many empty. */
final class ClusterFigures {

    private static final String DEFAULT_PARTITION = "";
    private static final String FAIR_SCHEDULER = "FairScheduler";

    private ClusterFigures() {}

    static List<Node> nodes(YarnClient client) throws IOException, YarnException {
        return client.getNodeReports(NodeState.RUNNING).stream()
                .filter(ClusterFigures::isWithoutLabel)
                .map(node -> new Node(amount(node.getCapability()), amount(node.getUsed())))
                .toList();
    }

    static List<Queue> queues(YarnClient client) throws IOException, YarnException {
        return client.getAllQueues().stream().map(ClusterFigures::queue).toList();
    }

    static OptionalInt containers(YarnClient client, String applicationId) throws IOException, YarnException {
        try {
            ApplicationResourceUsageReport usage = client.getApplicationReport(ApplicationId.fromString(applicationId))
                    .getApplicationResourceUsageReport();
            return usage == null || usage.getNumUsedContainers() < 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(usage.getNumUsedContainers());
        } catch (ApplicationNotFoundException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean isWithoutLabel(NodeReport node) {
        Set<String> labels = node.getNodeLabels();
        return labels == null || labels.stream().allMatch(String::isEmpty);
    }

    private static Queue queue(QueueInfo info) {
        String path = info.getQueuePath();
        String label = info.getDefaultNodeLabelExpression();
        return new Queue(
                path == null || path.isEmpty() ? info.getQueueName() : path,
                max(info),
                maxShare(info),
                used(info.getQueueStatistics()),
                label == null || label.isBlank() ? Optional.empty() : Optional.of(label.strip()));
    }

    private static Optional<Amount> max(QueueInfo info) {
        if (FAIR_SCHEDULER.equals(info.getSchedulerType())) {
            return Optional.of(new Amount(info.getMaxResourceMemory(), info.getMaxResourceVCore()));
        }
        return ofDefaultPartition(info)
                .map(QueueConfigurations::getEffectiveMaxCapacity)
                .map(ClusterFigures::amount)
                .filter(max -> max.memoryMb() > 0);
    }

    private static Optional<Double> maxShare(QueueInfo info) {
        return ofDefaultPartition(info)
                .map(QueueConfigurations::getAbsoluteMaxCapacity)
                .filter(share -> share > 0 && share <= 1)
                .map(Float::doubleValue);
    }

    private static Optional<QueueConfigurations> ofDefaultPartition(QueueInfo info) {
        Map<String, QueueConfigurations> configurations = info.getQueueConfigurations();
        return configurations == null ? Optional.empty() : Optional.ofNullable(configurations.get(DEFAULT_PARTITION));
    }

    private static Amount used(@Nullable QueueStatistics statistics) {
        return statistics == null
                ? Amount.NOTHING
                : new Amount(
                        Math.max(0, statistics.getAllocatedMemoryMB()) + Math.max(0, statistics.getReservedMemoryMB()),
                        Math.max(0, statistics.getAllocatedVCores()) + Math.max(0, statistics.getReservedVCores()));
    }

    private static Amount amount(@Nullable Resource resource) {
        return resource == null ? Amount.NOTHING : new Amount(resource.getMemorySize(), resource.getVirtualCores());
    }
}
