package io.flinkyarn.autoscaler.flink;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.flinkyarn.autoscaler.control.SchedulerPage.LeafQueue;
import io.flinkyarn.autoscaler.control.SchedulerPage.User;
import io.flinkyarn.autoscaler.core.resources.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** {@code /ws/v1/cluster/scheduler}. Old ResourceManagers leave much of it out. */
record SchedulerAnswer(@JsonProperty(required = true) Envelope scheduler) {

    private static final String DEFAULT_PARTITION = "";

    record Envelope(@JsonProperty(required = true) Queue schedulerInfo) {}

    String type() {
        return scheduler.schedulerInfo().type().orElse("of an unknown type");
    }

    List<LeafQueue> leaves() {
        return scheduler.schedulerInfo().leaves("").toList();
    }

    /** A queue of the Capacity Scheduler; the root stands for the scheduler itself. */
    record Queue(
            Optional<String> type,
            Optional<String> queueName,
            Optional<String> queuePath,
            OptionalDouble absoluteCapacity,
            OptionalDouble userLimitFactor,
            Optional<Resource> minEffectiveCapacity,
            Optional<Resource> maximumAllocation,
            Optional<Queues> queues,
            Optional<Users> users) {

        Stream<LeafQueue> leaves(String above) {
            String path = queuePath.orElse(above + queueName.orElse(""));
            List<Queue> below = queues.flatMap(Queues::queue).orElse(List.of());
            if (!below.isEmpty()) {
                return below.stream().flatMap(queue -> queue.leaves(path + "."));
            }
            return Stream.of(new LeafQueue(
                    path,
                    minEffectiveCapacity.map(Resource::amount).filter(SchedulerAnswer::isSomething),
                    absoluteCapacity.isPresent()
                            ? OptionalDouble.of(absoluteCapacity.getAsDouble() / 100)
                            : OptionalDouble.empty(),
                    userLimitFactor,
                    maximumAllocation.map(Resource::amount).filter(SchedulerAnswer::isSomething),
                    users.flatMap(Users::user).orElse(List.of()).stream()
                            .map(UserOfQueue::user)
                            .toList()));
        }
    }

    record Queues(
            @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            Optional<List<Queue>> queue) {}

    record Users(
            @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            Optional<List<UserOfQueue>> user) {}

    record UserOfQueue(
            @JsonProperty(required = true) String username,
            @JsonProperty(required = true) Resource resourcesUsed,
            Optional<Resource> userResourceLimit,
            OptionalDouble userWeight,
            Optional<Usages> resources) {

        User user() {
            Resource used = resources.flatMap(Usages::resourceUsagesByPartition).orElse(List.of()).stream()
                    .filter(usage ->
                            usage.partitionName().orElse(DEFAULT_PARTITION).equals(DEFAULT_PARTITION))
                    .flatMap(usage -> usage.used().stream())
                    .findFirst()
                    .orElse(resourcesUsed);
            return new User(
                    username,
                    used.amount(),
                    userResourceLimit.map(Resource::amount).orElse(Amount.NOTHING),
                    userWeight.orElse(1));
        }
    }

    record Usages(
            @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            Optional<List<Usage>> resourceUsagesByPartition) {}

    record Usage(Optional<String> partitionName, Optional<Resource> used) {}

    record Resource(long memory, @JsonProperty("vCores") long vcores) {

        Amount amount() {
            return new Amount(memory, vcores);
        }
    }

    private static boolean isSomething(Amount amount) {
        return amount.memoryMb() > 0;
    }
}
