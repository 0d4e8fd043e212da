package io.flinkyarn.autoscaler.rig;

/**
 * A record of the topic: its number, and a payload of a usual size. With tiny records, a minute of work would fit into
 * Flink's network buffers, where it is neither lag nor back-pressure. Mutable and public as Flink's POJO serializer
 * wants.
 */
public final class LoadRecord {

    private static final byte[] PAYLOAD = new byte[1_000];

    public long number;
    public byte[] payload = PAYLOAD;

    static LoadRecord of(long number) {
        LoadRecord record = new LoadRecord();
        record.number = number;
        return record;
    }
}
