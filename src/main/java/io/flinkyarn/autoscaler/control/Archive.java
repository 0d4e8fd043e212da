package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the database tells of the past, for pages. A row has the columns of the tables in camel case; instants are {@link Instant}, what is not known is missing.
 * Any thread may ask.
 */
public interface Archive {

    /** A row of an answer, in the order of its columns. */
    record Row(Map<String, Object> columns) {

        /** A number of this row. */
        public OptionalLong number(String column) {
            return columns.get(column) instanceof Number n ? OptionalLong.of(n.longValue()) : OptionalLong.empty();
        }

        /** An instant of this row, in whole seconds since 1970-01-01 UTC. */
        public OptionalLong second(String column) {
            return columns.get(column) instanceof Instant t
                    ? OptionalLong.of(t.getEpochSecond())
                    : OptionalLong.empty();
        }
    }

    /**
     * What one job has been through today, in UTC.
     *
     * @param restarts rescales that Flink has taken
     * @param slotHoursSaved by the recommendations, against how the job ran
     */
    record Today(int restarts, double slotHoursSaved) {

        /** Of a job of which nothing is on record today. */
        public static final Today NOTHING = new Today(0, 0);
    }

    /** Newest first; from the one after a decision on, or from the newest. */
    List<Row> decisions(JobKey job, OptionalLong after, int limit) throws StoreException;

    /** A decision of a job. */
    Optional<Row> decision(JobKey job, long id) throws StoreException;

    /** What a decision says about the vertices, in topological order. */
    List<Row> verdicts(long decision) throws StoreException;

    /** Newest first. */
    List<Row> events(JobKey job, int limit) throws StoreException;

    /** The minutes of one vertex, oldest first; none where they are not kept. */
    List<Row> minutes(JobKey job, String vertex, Instant from, Instant to) throws StoreException;

    /** The rescales of one vertex, oldest first. */
    List<Row> rescales(JobKey job, String vertex, Instant from, Instant to) throws StoreException;

    /** Rescales of all jobs by day and phase. */
    List<Row> rescalesByDay(LocalDate from) throws StoreException;

    /** The times in ms that the rescales of all jobs took, ascending. */
    List<Long> restartTimes(LocalDate from) throws StoreException;

    /** The latest rescales of all jobs, newest first. */
    List<Row> latestRescales(int limit) throws StoreException;

    /** The jobs that have been through something today. */
    Map<JobKey, Today> today(LocalDate today) throws StoreException;
}
