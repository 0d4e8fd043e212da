package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.Sampling.NotReady;
import io.flinkyarn.autoscaler.core.sample.Sampling.Taken;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleReaderTest {

    private static final Instant AT = Instant.parse("2026-11-22T14:01:00Z");
    private static final VertexId SOURCE = new VertexId("cbc357ccb763df2852fee8c4fc7d55f2");
    private static final VertexId MAP = new VertexId("9dd63673dd41ea021b896d5203f3ba7c");
    private static final VertexId SINK = new VertexId("1a936cb48657826a536f331e9fb33b5e");

    @Test
    void readsAMeasuredJobInTheUnitsOfTheCore() {
        JobSample sample = taken(measured(job -> {}));

        assertThat(sample.at()).isEqualTo(AT);
        assertThat(sample.runningSince()).isEqualTo(Instant.ofEpochMilli(1795363735365L));
        VertexSample map = sample.vertices().get(1);
        assertThat(map.busy().orElseThrow().max()).isEqualTo(0.523);
        assertThat(map.backPressuredRatio()).hasValue(0);
        assertThat(map.recordsInRate()).hasValueCloseTo(468.667, within(0.001));
        assertThat(map.readRecords()).hasValue(62464);
        assertThat(map.writeRecords()).hasValue(62463);
        assertThat(map.accumulatedBusy()).hasValue(71377);
        assertThat(map.taskTime()).hasValue(71377 + 63547 + 0);
        assertThat(map.finished()).isFalse();
        VertexSample source = sample.vertices().get(0);
        assertThat(source.sourceRecordsInRate()).hasValue(0);
        assertThat(source.sourceRecordsIn()).hasValue(0);
        assertThat(source.sourceRecordsOut()).hasValue(62509);
        assertThat(source.pendingRecords()).isEmpty();
        assertThat(sample.cluster().taskSlotsTotal()).hasValue(6);
        assertThat(sample.cluster().heapMax().orElseThrow()).isGreaterThan(1e8);
        assertThat(sample.cluster().gcRatio().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    void readsTheGraphFromThePlan() {
        JobGraph graph = taken(measured(job -> {})).graph();

        assertThat(graph.vertices()).extracting(v -> v.id()).containsExactly(SOURCE, MAP, SINK);
        assertThat(graph.isSource(0)).isTrue();
        assertThat(graph.hasHashInput(1)).isTrue();
        assertThat(graph.edges()).extracting(e -> e.shipStrategy()).contains(ShipStrategy.HASH);
        assertThat(graph.vertex(1).name()).isEqualTo("slow map, 100% busy?");
        assertThat(graph.vertex(1).maxParallelism()).isEqualTo(128);
        assertThat(graph.vertex(1).slotSharingGroup())
                .isEqualTo(graph.vertex(0).slotSharingGroup())
                .isPresent();
    }

    static List<String> freshVersions() {
        return Recorded.FRESH_VERSIONS;
    }

    @ParameterizedTest
    @MethodSource("freshVersions")
    void aJobWhoseCountersAreNotCompleteIsNotReady(String version) {
        assertThat(notReady(raw(Recorded.job(version), version)).why())
                .isEqualTo("vertex 'Source: gen source': not every subtask has reported its records yet"
                        + " (read-records-complete is false)");
    }

    @ParameterizedTest
    @MethodSource("freshVersions")
    void everyVersionOfFlinkIsReadOnceItsCountersAreComplete(String version) {
        JobDetails details = edited(version, SampleReaderTest::complete);

        JobSample sample = taken(raw(details, version));

        assertThat(sample.vertices()).hasSize(3).allSatisfy(v -> {
            assertThat(v.busy()).isPresent();
            assertThat(v.taskTime()).isPresent();
        });
        assertThat(sample.cluster().taskSlotsTotal()).hasValue(2);
        assertThat(sample.cluster().taskSlotsAvailable()).hasValue(1);
        assertThat(sample.cluster().managedUsed()).hasValue(0);
    }

    @Test
    void aJobOfWhichNoSubtaskRunsIsNotReady() {
        assertThat(notReady(raw(Recorded.job("2.3.0-default-scheduler"), "2.3.0-default-scheduler"))
                        .why())
                .isEqualTo("vertex 'Source: gen source': 0 of 1 subtasks run");
    }

    /** Flink 1.20.5 answers so for a moment when it restarts a job of a session. */
    @Test
    void aJobWhosePlanIsNotThereIsNotReady() {
        RawSample raw = measured(job -> job.putObject("plan"));

        assertThat(notReady(raw).why())
                .isEqualTo(
                        "Flink's plan of the job shows 0 of its 3 vertices, and how they are connected is not known");
    }

    @Test
    void aVertexOfWhichOneSubtaskIsMissingIsNotReady() {
        RawSample raw = measured(job -> {
            vertex(job, 1).put("parallelism", 4);
            tasks(job, 1).put("RUNNING", 3).put("INITIALIZING", 1);
        });

        assertThat(notReady(raw).why()).isEqualTo("vertex 'slow map, 100% busy?': 3 of 4 subtasks run");
    }

    @Test
    void aVertexOfWhichOneSubtaskHasFinishedSaysSo() {
        RawSample raw = measured(job -> {
            vertex(job, 1).put("parallelism", 4);
            tasks(job, 1).put("RUNNING", 3).put("FINISHED", 1);
        });

        assertThat(notReady(raw).why())
                .isEqualTo("vertex 'slow map, 100% busy?': 3 of 4 subtasks run, 1 have finished");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESTARTING", "FAILING", "CREATED"})
    void aJobInAnotherStateIsNotReady(String state) {
        assertThat(notReady(measured(job -> job.put("state", state))).why()).contains("the job is " + state);
    }

    @Test
    void aFinishedVertexNeedsNoSubtasksAndNoMetrics() {
        RawSample raw = measured(job -> {
            vertex(job, 0).put("status", "FINISHED");
            tasks(job, 0).put("RUNNING", 0).put("FINISHED", 1);
            counters(job, 0).put("read-records-complete", false);
        });

        JobSample sample = taken(raw);

        assertThat(sample.graph().vertex(0).finished()).isTrue();
        assertThat(sample.vertices().get(0).finished()).isTrue();
        assertThat(sample.vertices().get(0).readRecords()).isPresent();
    }

    @Test
    void theTaskTimeIsThatOfOneSubtask() {
        RawSample raw = measured(job -> {
            vertex(job, 1).put("parallelism", 2);
            tasks(job, 1).put("RUNNING", 2);
            counters(job, 1).put("accumulated-busy-time", 4839.0).put("accumulated-idle-time", 18054);
        });

        assertThat(taken(raw).vertices().get(1).taskTime()).hasValue(11446.5);
    }

    @Test
    void thereIsNoTaskTimeWhereBusyTimeIsNotANumber() {
        VertexSample map = taken(measured(job -> counters(job, 1).put("accumulated-busy-time", "NaN")))
                .vertices()
                .get(1);

        assertThat(map.taskTime()).isEmpty();
        assertThat(map.accumulatedBusy().orElseThrow()).isNaN();
    }

    @Test
    void thereIsNoTaskTimeWhereOneOfTheThreeIsMissing() {
        RawSample raw = measured(job -> counters(job, 1).remove("accumulated-idle-time"));

        assertThat(taken(raw).vertices().get(1).taskTime()).isEmpty();
    }

    @Test
    void pendingRecordsAreSummedOverAllSourcesOfAVertex() {
        Map<VertexId, List<Metric>> metrics = new HashMap<>(measured(job -> {}).vertices());
        metrics.put(
                SOURCE,
                List.of(sum("Source__a.pendingRecords", 5), sum("Source__b.pendingRecords", 7), sum("x.lag", 9)));

        assertThat(taken(with(measured(job -> {}), metrics)).vertices().get(0).pendingRecords())
                .hasValue(12);
    }

    @Test
    void busyTimeThatIsNotANumberStaysWhatItIs() throws IOException {
        Metric busy = Json.read(
                "{\"id\":\"busyTimeMsPerSecond\",\"min\":\"NaN\",\"max\":\"NaN\",\"avg\":\"NaN\",\"sum\":\"NaN\"}",
                Metric.class);
        RawSample raw = with(measured(job -> {}), Map.of(SOURCE, List.of(busy)));

        assertThat(taken(raw).vertices().get(0).busy().orElseThrow().max()).isNaN();
    }

    @Test
    void whatFlinkDoesNotReportIsEmpty() {
        RawSample given = measured(job -> {});
        RawSample raw = new RawSample(AT, given.details(), List.of(), List.of(), Map.of(), Map.of(), true);

        JobSample sample = taken(raw);

        assertThat(sample.vertices().get(1).busy()).isEmpty();
        assertThat(sample.vertices().get(1).recordsInRate()).isEmpty();
        assertThat(sample.cluster().heapMax()).isEmpty();
        assertThat(sample.cluster().taskSlotsTotal()).isEmpty();
    }

    private static Metric sum(String id, double value) {
        OptionalDouble none = OptionalDouble.empty();
        return new Metric(id, none, none, none, none, OptionalDouble.of(value));
    }

    private static RawSample with(RawSample raw, Map<VertexId, List<Metric>> metrics) {
        return new RawSample(
                raw.at(), raw.details(), raw.jobManager(), raw.taskManagers(), metrics, raw.sourcePartitions(), true);
    }

    private static RawSample measured(Consumer<ObjectNode> edit) {
        return raw(edited(Recorded.MEASURED, edit), Recorded.MEASURED);
    }

    private static RawSample raw(JobDetails details, String version) {
        List<String> files = List.of(
                "22-vertex0-subtasks-metrics-get-agg",
                "27-vertex1-subtasks-metrics-get-agg",
                "32-vertex2-subtasks-metrics-get-agg");
        Map<VertexId, List<Metric>> metrics = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            VertexId id = new VertexId(details.vertices().get(i).id());
            metrics.put(id, Recorded.metrics(version, files.get(i)));
        }
        return new RawSample(
                AT,
                details,
                Recorded.metrics(version, "56-jobmanager-metrics"),
                Recorded.metrics(version, "52-taskmanagers-metrics"),
                metrics,
                Map.of(new VertexId(details.vertices().get(0).id()), OptionalInt.empty()),
                true);
    }

    private static JobDetails edited(String version, Consumer<ObjectNode> edit) {
        try {
            JsonNode job = new ObjectMapper().readTree(Recorded.flink(version, "05-job"));
            edit.accept((ObjectNode) job);
            return Json.read(job.toString(), JobDetails.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void complete(ObjectNode job) {
        Stream.of(0, 1, 2)
                .map(i -> counters(job, i))
                .forEach(counters -> counters.put("read-records-complete", true).put("write-records-complete", true));
    }

    private static ObjectNode vertex(ObjectNode job, int index) {
        return (ObjectNode) job.get("vertices").get(index);
    }

    private static ObjectNode tasks(ObjectNode job, int index) {
        return (ObjectNode) vertex(job, index).get("tasks");
    }

    private static ObjectNode counters(ObjectNode job, int index) {
        return (ObjectNode) vertex(job, index).get("metrics");
    }

    private static JobSample taken(RawSample raw) {
        Sampling sampling = SampleReader.read(raw);
        assertThat(sampling).isInstanceOf(Taken.class);
        return ((Taken) sampling).sample();
    }

    private static NotReady notReady(RawSample raw) {
        Sampling sampling = SampleReader.read(raw);
        assertThat(sampling).isInstanceOf(NotReady.class);
        return (NotReady) sampling;
    }
}
