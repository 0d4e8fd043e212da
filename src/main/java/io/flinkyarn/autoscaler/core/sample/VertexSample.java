package io.flinkyarn.autoscaler.core.sample;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Flink's metrics of one vertex at one moment. Made by the metrics collector, read by the metrics window. An empty value does not exist in
 * Flink's answer; a value that exists may be NaN or infinite, as Flink reports it.
 *
 * @param busy {@code busyTimeMsPerSecond} as ratios
 * @param backPressuredRatio {@code backPressuredTimeMsPerSecond} as a ratio, mean over the subtasks
 * @param recordsInRate {@code numRecordsInPerSecond}, records/s, sum over the subtasks
 * @param sourceRecordsInRate {@code Source__*.numRecordsInPerSecond}, records/s, sum
 * @param sourceRecordsIn {@code Source__*.numRecordsIn}, records since the start of the job, sum
 * @param sourceRecordsOut {@code Source__*.numRecordsOut}, records since the start of the job, sum
 * @param pendingRecords {@code *.pendingRecords}, records, sum over subtasks and all sources of the vertex
 * @param readRecords {@code read-records} of the job details, records since the start of the job
 * @param writeRecords {@code write-records} of the job details, records since the start of the job
 * @param accumulatedBusy {@code accumulated-busy-time} of the job details, ms, sum over the subtasks
 * @param taskTime accumulated busy, idle and back-pressured time over the parallelism, ms: the running time of the tasks at the moment
 *     of the measurement, which is Flink's own clock for it; empty where one of the three is missing
 * @param finished whether the vertex had finished by then
 */
public record VertexSample(
        Optional<BusyRatio> busy,
        OptionalDouble backPressuredRatio,
        OptionalDouble recordsInRate,
        OptionalDouble sourceRecordsInRate,
        OptionalDouble sourceRecordsIn,
        OptionalDouble sourceRecordsOut,
        OptionalDouble pendingRecords,
        OptionalDouble readRecords,
        OptionalDouble writeRecords,
        OptionalDouble accumulatedBusy,
        OptionalDouble taskTime,
        boolean finished) {}
