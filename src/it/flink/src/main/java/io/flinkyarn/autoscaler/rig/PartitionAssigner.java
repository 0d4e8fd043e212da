package io.flinkyarn.autoscaler.rig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Gives each partition to the reader with its index modulo the parallelism, as soon as that reader is there. Its state
 * is what nobody has yet: assigned partitions are in the readers' state, from which Flink spreads them over the readers
 * after a rescale.
 */
final class PartitionAssigner implements SplitEnumerator<Partition, List<Partition>> {

    private final SplitEnumeratorContext<Partition> context;
    private final List<Partition> unassigned;

    PartitionAssigner(SplitEnumeratorContext<Partition> context, List<Partition> unassigned) {
        this.context = context;
        this.unassigned = new ArrayList<>(unassigned);
    }

    @Override
    public void addReader(int subtask) {
        List<Partition> own = unassigned.stream()
                .filter(partition -> partition.index() % context.currentParallelism() == subtask)
                .toList();
        if (!own.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
            unassigned.removeAll(own);
        }
    }

    @Override
    public void addSplitsBack(List<Partition> partitions, int subtask) {
        unassigned.addAll(partitions);
        context.registeredReaders().keySet().forEach(this::addReader);
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
        return List.copyOf(unassigned);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void close() {}

    static final class Serializer implements SimpleVersionedSerializer<List<Partition>> {

        private static final int BYTES = 16;
        private final Partition.Serializer one = new Partition.Serializer();

        @Override
        public int getVersion() {
            return one.getVersion();
        }

        @Override
        public byte[] serialize(List<Partition> partitions) {
            ByteBuffer all = ByteBuffer.allocate(BYTES * partitions.size());
            partitions.forEach(partition -> all.put(one.serialize(partition)));
            return all.array();
        }

        @Override
        public List<Partition> deserialize(int version, byte[] bytes) throws IOException {
            List<Partition> partitions = new ArrayList<>();
            for (ByteBuffer all = ByteBuffer.wrap(bytes); all.hasRemaining(); ) {
                byte[] next = new byte[BYTES];
                all.get(next);
                partitions.add(one.deserialize(version, next));
            }
            return partitions;
        }
    }
}
