package io.flinkyarn.autoscaler.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.GoodParallelism;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown.Wish;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Standing;
import io.flinkyarn.autoscaler.core.state.TrackedRestart;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON of {@code job_state.document}: a {@link JobState} without the rows of its window, and what the latest decision came to. Instants and
 * durations are ISO-8601 to the nanosecond; numbers beyond JSON are the strings {@code NaN}, {@code Infinity}, {@code -Infinity}.
 *
 * @param format of this document; raised when an old program could misread a new one
 */
record StateDocument(
        int format,
        List<VertexId> windowVertices,
        Map<VertexId, PendingScaleDown> pendingScaleDowns,
        Map<VertexId, List<PastScaling>> history,
        List<TrackedRestart> restarts,
        Optional<Reconciliation> reconciliation,
        Optional<Standing> standing,
        Optional<GoodParallelism> good,
        LastDecision lastDecision) {

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), vertexIds())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static StateDocument of(JobState state, LastDecision lastDecision) {
        return new StateDocument(
                FORMAT,
                state.window().vertices(),
                state.pendingScaleDowns(),
                state.history(),
                state.restarts(),
                state.reconciliation(),
                state.standing(),
                state.good(),
                lastDecision);
    }

    JobState state(List<MetricsWindow.Row> rows) {
        return new JobState(
                new MetricsWindow(windowVertices, rows),
                pendingScaleDowns,
                history,
                restarts,
                reconciliation,
                standing,
                good);
    }

    /**
     * The same without what may be written late: when the wishes to scale down were repeated last, and which smaller ones there were. The
     * largest wish is what counts.
     */
    StateDocument essential() {
        Map<VertexId, PendingScaleDown> largest = new HashMap<>();
        pendingScaleDowns.forEach((vertex, pending) -> {
            Wish wish = pending.largest();
            Wish timeless = new Wish(pending.firstWish(), wish.parallelism(), wish.outsideBand());
            largest.put(vertex, new PendingScaleDown(pending.firstWish(), List.of(timeless)));
        });
        return new StateDocument(
                format, windowVertices, largest, history, restarts, reconciliation, standing, good, lastDecision);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job state has no JSON form", e);
        }
    }

    /**
     * Reads what {@link #json()} wrote.
     *
     * @throws JsonProcessingException if it is damaged, or written by a newer program
     */
    static StateDocument parse(String json) throws JsonProcessingException {
        return JSON.readValue(json, StateDocument.class);
    }

    private static SimpleModule vertexIds() {
        return new SimpleModule()
                .addSerializer(VertexId.class, ToStringSerializer.instance)
                .addDeserializer(VertexId.class, new FromStringDeserializer<VertexId>(VertexId.class) {
                    @Override
                    protected VertexId _deserialize(String value, DeserializationContext context) {
                        return new VertexId(value);
                    }
                })
                .addKeyDeserializer(VertexId.class, new KeyDeserializer() {
                    @Override
                    public VertexId deserializeKey(String key, DeserializationContext context) {
                        return new VertexId(key);
                    }
                });
    }
}
