package io.flinkyarn.autoscaler.core.window;

/** What a row of the metrics window keeps of the job as a whole. Stored like {@link VertexMetric}. */
public enum JobMetric {
    /** Share of the time spent in garbage collection, in [0, 1], the largest over the TaskManagers. */
    GC_RATIO(0),
    /** Used over maximum heap, each the largest over the TaskManagers. */
    HEAP_USAGE(1),
    /** 1 where a counter fell since the row before, or a vertex finished: the rows before count no more. */
    COUNTERS_FELL(2),
    /** 1 where the window was full with this sample. */
    FULL(3),
    /** Bytes of heap in use, the largest over the TaskManagers. */
    HEAP_USED(4),
    /** Bytes that the heap may grow to, the largest over the TaskManagers. */
    HEAP_MAX(5),
    /** Bytes of managed memory in use, the largest over the TaskManagers. */
    MANAGED_USED(6),
    /** Bytes of metaspace in use, the largest over the TaskManagers. */
    METASPACE_USED(7);

    /** How many there are. */
    static final int COUNT = values().length;

    private final int offset;

    JobMetric(int offset) {
        this.offset = offset;
    }

    /** Where it stands among its like. */
    int offset() {
        return offset;
    }
}
