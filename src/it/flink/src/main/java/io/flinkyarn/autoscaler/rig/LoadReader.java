package io.flinkyarn.autoscaler.rig;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Reads some partitions, oldest record first, never a record that has not arrived yet. Between records the task waits
 * on a future and is idle, so its busy and idle times are right; while the job is behind, it never waits. The task's
 * thread calls everything but the gauge, which any thread may read.
 */
final class LoadReader implements SourceReader<LoadRecord, Partition> {

    /** How often to look whether something has arrived. */
    private static final long POLL_MILLIS = 5;

    private final Topic topic;
    private final Counter recordsIn;
    private final ConcurrentHashMap<Integer, Partition> partitions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(LoadReader::daemon);

    LoadReader(Topic topic, SourceReaderMetricGroup metrics) {
        this.topic = topic;
        // Flink leaves counting the records that come in to the connector.
        this.recordsIn = metrics.getIOMetricGroup().getNumRecordsInCounter();
        metrics.setPendingRecordsGauge(this::pending);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<LoadRecord> output) {
        Optional<Partition> due = due();
        due.ifPresent(partition -> {
            partitions.put(partition.index(), partition.advanced());
            recordsIn.inc();
            output.collect(LoadRecord.of(partition.nextRecord()));
        });
        return due.isPresent() ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> available = new CompletableFuture<>();
        if (due().isPresent()) {
            available.complete(null);
        } else {
            timer.schedule(() -> available.complete(null), POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return available;
    }

    @Override
    public void addSplits(List<Partition> more) {
        more.forEach(partition -> partitions.put(partition.index(), partition));
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
        return List.copyOf(partitions.values());
    }

    @Override
    public void start() {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The partition with the oldest unread record, if that record has arrived. */
    private Optional<Partition> due() {
        long arrived = topic.arrived();
        return partitions.values().stream()
                .min(Comparator.comparingLong(Partition::nextRecord))
                .filter(partition -> partition.nextRecord() < arrived);
    }

    private long pending() {
        long arrived = topic.arrived();
        return partitions.values().stream()
                .mapToLong(partition -> partition.pending(arrived))
                .sum();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "load-timer");
        thread.setDaemon(true);
        return thread;
    }
}
