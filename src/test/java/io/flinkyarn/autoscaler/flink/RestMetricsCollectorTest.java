package io.flinkyarn.autoscaler.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobFacts;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.Sampling.NotReady;
import io.flinkyarn.autoscaler.core.sample.Sampling.Taken;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestMetricsCollectorTest {

    private static final String ID = "302ae7da70633db05a39a0ec4fd22b5b";
    private static final String JOB = "jobs/" + ID;
    private static final String SOURCE = JOB + "/vertices/cbc357ccb763df2852fee8c4fc7d55f2/subtasks/metrics";
    private static final String MAP = JOB + "/vertices/9dd63673dd41ea021b896d5203f3ba7c/subtasks/metrics";
    private static final String SINK = JOB + "/vertices/1a936cb48657826a536f331e9fb33b5e/subtasks/metrics";
    private static final Duration CYCLE = Duration.ofSeconds(60);
    private static final JobFacts FACTS = new JobFacts("1.20.5", true, Map.of());

    /** The recorded job had run for two minutes. */
    private final SettableClock clock = new SettableClock(Instant.ofEpochMilli(1795363735365L + 120_000));

    private final RequestLog log = new RequestLog();
    private FakeFlink flink;
    private RestMetricsCollector collector;
    private JobAutoScalerContext job;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.behindProxy("application_1_0001");
        job = flink.job(ID);
        collector = new RestMetricsCollector(
                new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, log), clock, clock::advance);
        flink.json("config", recorded("01-config"));
        flink.json(JOB, recorded("05-job"));
        flink.json(JOB + "/jobmanager/config", recorded("54-job-jobmanager-config"));
        flink.json("jobmanager/metrics", recorded("56-jobmanager-metrics"));
        flink.json("taskmanagers/metrics", recorded("52-taskmanagers-metrics"));
        flink.on(
                SOURCE,
                exchange -> FakeFlink.send(
                        exchange,
                        200,
                        "application/json",
                        exchange.getRequestURI().getQuery() == null
                                ? recorded("21-vertex0-subtasks-metrics-list")
                                : recorded("22-vertex0-subtasks-metrics-get-agg")));
        flink.json(MAP, recorded("27-vertex1-subtasks-metrics-get-agg"));
        flink.json(SINK, recorded("32-vertex2-subtasks-metrics-get-agg"));
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void takesASample() throws Exception {
        JobSample sample = taken();

        assertThat(sample.graph().size()).isEqualTo(3);
        assertThat(sample.vertices().get(1).busy().orElseThrow().average()).isEqualTo(0.523);
        assertThat(sample.rescalable()).isTrue();
        assertThat(sample.at()).isEqualTo(clock.instant());
    }

    @Test
    void aSampleOfThreeVerticesCostsSixRequestsAfterOneThatMakesTheMetricsFresh() throws Exception {
        taken();
        clock.advance(CYCLE);
        flink.forgetAsked();
        long before = log.total();

        taken();

        assertThat(flink.askedPaths())
                .containsExactly(
                        "GET jobmanager/metrics",
                        "GET " + JOB,
                        "GET " + SOURCE,
                        "GET " + MAP,
                        "GET " + SINK,
                        "GET jobmanager/metrics",
                        "GET taskmanagers/metrics");
        assertThat(log.total() - before).isEqualTo(7);
    }

    @Test
    void anotherSampleWithinTheUpdateIntervalNeedsNoWarming() throws Exception {
        taken();
        flink.forgetAsked();

        taken();

        assertThat(flink.asked()).hasSize(6);
    }

    @Test
    void namesAreListedForSourcesOnlyAndOnceAsTheJobGrowsOld() throws Exception {
        for (int i = 0; i < 30; i++) {
            taken();
            clock.advance(CYCLE);
        }

        // The job is 2 minutes old at first; names stand for as long as it has run by then.
        assertThat(flink.asked().stream().filter(a -> a.uri().getQuery() == null && isSource(a)))
                .hasSize(4);
    }

    @Test
    void namesAreListedAnewWhenTheJobHasRestarted() throws Exception {
        taken();
        flink.json(JOB, recorded("05-job").replace("1795363735365", "1795363795000"));
        flink.forgetAsked();

        JobSample sample = taken();

        assertThat(sample.runningSince()).isEqualTo(Instant.ofEpochMilli(1795363795000L));
        assertThat(flink.asked())
                .filteredOn(a -> isSource(a) && a.uri().getQuery() == null)
                .hasSize(1);
    }

    @Test
    void theNamesOfTheSourceAreAskedForWithAllAggregates() throws Exception {
        taken();

        String query = flink.asked().stream()
                .filter(a -> isSource(a) && a.uri().getQuery() != null)
                .map(a -> URLDecoder.decode(a.uri().getRawQuery(), UTF_8))
                .findFirst()
                .orElseThrow();
        assertThat(query)
                .startsWith("get=busyTimeMsPerSecond,")
                .contains(",Source__Sequence_Source.numRecordsInPerSecond,")
                .endsWith("&agg=min,max,avg,sum");
    }

    @Test
    void aJobThatIsNotReadyCostsNoMoreThanItsDetails() throws Exception {
        flink.json(
                JOB, recorded("05-job").replace("\"read-records-complete\":true", "\"read-records-complete\":false"));

        Sampling sampling = collector.collect(job, FACTS);

        assertThat(sampling).isInstanceOf(NotReady.class);
        assertThat(flink.askedPaths()).containsExactly("GET jobmanager/metrics", "GET " + JOB);
    }

    @Test
    void aFlinkWithoutTheTimeOfGarbageCollectionIsAskedForItOnce() throws Exception {
        flink.on(
                "taskmanagers/metrics",
                exchange -> FakeFlink.send(
                        exchange,
                        200,
                        "application/json",
                        exchange.getRequestURI().getQuery().contains("GarbageCollector")
                                ? "[]"
                                : "[{\"id\":\"Status.JVM.Memory.Heap.Max\",\"max\":1000.0}]"));

        JobSample first = taken();
        JobSample second = taken();

        assertThat(first.cluster().heapMax()).hasValue(1000);
        assertThat(second.cluster().heapMax()).hasValue(1000);
        assertThat(second.cluster().gcRatio()).isEmpty();
        assertThat(flink.asked())
                .filteredOn(a -> a.path().endsWith("taskmanagers/metrics"))
                .hasSize(3);
    }

    @Test
    void aClusterWithoutTaskManagersDoesNotMakeUsForgetTheTimeOfGarbageCollection() throws Exception {
        flink.json("taskmanagers/metrics", "[]");
        assertThat(taken().cluster().gcRatio()).isEmpty();
        flink.json("taskmanagers/metrics", recorded("52-taskmanagers-metrics"));

        assertThat(taken().cluster().gcRatio()).isPresent();
    }

    @Test
    void aJobWhosePlanNamesAnUnknownVertexIsMalformed() {
        flink.json(
                JOB,
                recorded("05-job")
                        .replaceFirst("\"inputs\":\\[\\{\"num\":0,\"id\":\"c", "\"inputs\":[{\"num\":0,\"id\":\"d"));

        UnreachableException e = catchThrowableOfType(UnreachableException.class, () -> collector.collect(job, FACTS));

        assertThat(e.category()).isEqualTo(Category.MALFORMED);
        assertThat(e).hasMessageContaining("names a vertex that the job does not have");
    }

    @Test
    void aJobThatHasGoneIsGone() {
        flink.json(
                JOB,
                404,
                "{\"errors\":[\"org.apache.flink.runtime.rest.NotFoundException: Job " + ID + " not found\"]}");

        UnreachableException e = catchThrowableOfType(UnreachableException.class, () -> collector.collect(job, FACTS));

        assertThat(e.category()).isEqualTo(Category.GONE);
    }

    @Test
    void readsTheFactsOfAJob() throws Exception {
        JobFacts facts = collector.facts(job);

        assertThat(facts.flinkVersion()).isEqualTo("1.20.5");
        assertThat(facts.rescalable()).isTrue();
        assertThat(facts.configuration()).containsEntry("taskmanager.numberOfTaskSlots", "6");
        assertThat(flink.asked()).hasSize(2);
    }

    @Test
    void theConfigurationOfTheClusterStandsInForThatOfTheJob() throws Exception {
        flink.json(JOB + "/jobmanager/config", 404, "{\"errors\":[\"Unable to load requested file /x.\"]}");
        flink.json("jobmanager/config", Recorded.flink("2.3.0-default-scheduler", "54-jobmanager-config"));

        JobFacts facts = collector.facts(job);

        assertThat(facts.configuration()).containsEntry("jobmanager.scheduler", "default");
        assertThat(facts.rescalable()).isFalse();
    }

    @Test
    void aPageInTheWayIsNotTakenForAMissingConfiguration() {
        flink.answer(JOB + "/jobmanager/config", Recorded.proxy("application-page"));

        UnreachableException e = catchThrowableOfType(UnreachableException.class, () -> collector.facts(job));

        assertThat(e.category()).isEqualTo(Category.NOT_FLINK);
    }

    @Test
    void aJobThatIsForgottenIsLearnedAnew() throws Exception {
        taken();
        collector.forget(job);
        flink.forgetAsked();

        taken();

        assertThat(flink.asked()).hasSize(8);
    }

    private static boolean isSource(FakeFlink.Asked asked) {
        return asked.path().endsWith(SOURCE);
    }

    private JobSample taken() throws UnreachableException, InterruptedException {
        Sampling sampling = collector.collect(job, FACTS);
        assertThat(sampling).isInstanceOf(Taken.class);
        return ((Taken) sampling).sample();
    }

    private static String recorded(String name) {
        return Recorded.flink(Recorded.MEASURED, name);
    }
}
