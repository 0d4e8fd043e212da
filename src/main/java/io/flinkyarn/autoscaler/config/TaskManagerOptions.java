package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.DOUBLE;
import static io.flinkyarn.autoscaler.config.OptionType.INT;
import static io.flinkyarn.autoscaler.config.OptionType.MEMORY;

import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.TaskManagerSize;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The options of Flink itself that say what one TaskManager of a job costs: a quota is held against them. */
final class TaskManagerOptions {

    private static final Option<Integer> SLOTS = Option.of("taskmanager.numberOfTaskSlots", INT)
            .in(Range.atLeast(1, "1"))
            .orElse(1);
    private static final Option<Long> MEMORY_SIZE = Option.of("taskmanager.memory.process.size", MEMORY);
    private static final Option<Double> CPU_CORES = Option.of("taskmanager.cpu.cores", DOUBLE);
    private static final Option<Integer> YARN_VCORES = Option.of("yarn.containers.vcores", INT);

    private TaskManagerOptions() {}

    static boolean include(String key) {
        return Stream.of(SLOTS, MEMORY_SIZE, CPU_CORES, YARN_VCORES)
                .anyMatch(option -> option.key().equals(key));
    }

    /** In both CPU options a number that is not positive means "not set", to Flink too. */
    static TaskManagerSize read(OptionReader options) {
        Optional<Double> cores = options.find(CPU_CORES).filter(value -> value > 0);
        Optional<Double> vcores =
                options.find(YARN_VCORES).filter(value -> value > 0).map(Integer::doubleValue);
        return new TaskManagerSize(
                options.get(SLOTS),
                cores.or(() -> vcores).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                options.find(MEMORY_SIZE).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
}
