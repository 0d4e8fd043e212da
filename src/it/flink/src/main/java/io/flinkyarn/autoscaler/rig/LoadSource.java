package io.flinkyarn.autoscaler.rig;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * An unbounded source that behaves as a partitioned topic does: records arrive whether somebody reads them or not,
 * offsets are checkpointed, and what is not read yet is lag.
 */
final class LoadSource implements Source<LoadRecord, Partition, List<Partition>> {

    private static final long serialVersionUID = 1;

    private final String schedule;
    private final int partitions;

    LoadSource(String schedule, int partitions) {
        this.schedule = schedule;
        this.partitions = partitions;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<LoadRecord, Partition> createReader(SourceReaderContext context) {
        return new LoadReader(new Topic(Path.of(schedule)), context.metricGroup());
    }

    @Override
    public SplitEnumerator<Partition, List<Partition>> createEnumerator(SplitEnumeratorContext<Partition> context) {
        return new PartitionAssigner(
                context,
                IntStream.range(0, partitions)
                        .mapToObj(index -> new Partition(index, partitions, 0))
                        .toList());
    }

    @Override
    public SplitEnumerator<Partition, List<Partition>> restoreEnumerator(
            SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
        return new PartitionAssigner(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Partition> getSplitSerializer() {
        return new Partition.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<List<Partition>> getEnumeratorCheckpointSerializer() {
        return new PartitionAssigner.Serializer();
    }
}
