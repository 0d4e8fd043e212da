package io.flinkyarn.autoscaler.rig;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * {@code Source: load → work → sink}, three vertices, each of which can be rescaled alone. Everything else
 * (parallelism, checkpoints, memory) comes from Flink's configuration.
 *
 * <p>Arguments: the absolute path of the {@linkplain RateSchedule schedule file}, the number of source partitions, and
 * the cost of a record in {@code work} in microseconds. At {@code r} records/s and a cost of {@code c} seconds, {@code
 * work} is busy {@code r · c} subtasks' worth of time: at 250/s and 10 ms it needs 2.5 subtasks, and 4 to be 62.5 %
 * utilized.
 */
public final class LoadJob {

    private LoadJob() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            throw new IllegalArgumentException(
                    "LoadJob takes <schedule file> <partitions> <cost per record in microseconds>, but got "
                            + args.length + " arguments");
        }
        Path schedule = Path.of(args[0]);
        int partitions = Integer.parseInt(args[1]);
        Duration cost = Duration.ofNanos(Long.parseLong(args[2]) * 1_000);

        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.disableOperatorChaining();
        if (env.getMaxParallelism() < 1) {
            env.setMaxParallelism(128);
        }

        env.fromSource(
                        new LoadSource(schedule.toString(), partitions),
                        WatermarkStrategy.noWatermarks(),
                        "load",
                        Types.POJO(LoadRecord.class))
                .uid("load")
                .keyBy(new EvenKeys(env.getMaxParallelism()), Types.INT)
                .map(new Work(cost))
                .name("work")
                .uid("work")
                .rebalance()
                // A leaf that emits nothing, because the interfaces of a sink differ between Flink 1.18 and 2.x.
                .flatMap((LoadRecord record, Collector<Void> none) -> {})
                .returns(Types.VOID)
                .name("sink")
                .uid("sink");
        env.execute();
    }
}
