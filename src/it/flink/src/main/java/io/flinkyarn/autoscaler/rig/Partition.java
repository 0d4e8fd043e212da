package io.flinkyarn.autoscaler.rig;

import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * One of {@code count} partitions of the topic, and the offset of the next record to read from it. Record {@code n} of
 * the topic is in partition {@code n mod count} at offset {@code n / count}. Both the split and its checkpointed state.
 */
record Partition(int index, int count, long offset) implements SourceSplit {

    @Override
    public String splitId() {
        return Integer.toString(index);
    }

    /** The number in the topic of the record at the offset. */
    long nextRecord() {
        return offset * count + index;
    }

    Partition advanced() {
        return new Partition(index, count, offset + 1);
    }

    /** How many of the first {@code arrived} records of the topic lie in this partition at or after the offset. */
    long pending(long arrived) {
        return Math.max(0, Math.floorDiv(arrived - index + count - 1, count) - offset);
    }

    static final class Serializer implements SimpleVersionedSerializer<Partition> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Partition partition) {
            return ByteBuffer.allocate(16)
                    .putInt(partition.index)
                    .putInt(partition.count)
                    .putLong(partition.offset)
                    .array();
        }

        @Override
        public Partition deserialize(int version, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Partition(buffer.getInt(), buffer.getInt(), buffer.getLong());
        }
    }
}
