package io.flinkyarn.autoscaler.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Rounding;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.FakeStore;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Jobs whose map is right at eight, in TaskManagers of two slots and 1 GiB, in a queue whose room the test sets. Nothing is released in it, and
 * what they take is taken from it.
 */
class CommonsTest {

    private static final Duration CYCLE = Duration.ofSeconds(10);
    private static final String CLUSTER = "test";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final Journal journal = new Journal();
    private final FakeFlink flink = new FakeFlink(clock, journal);
    private final FakeStore store = new FakeStore(journal);
    private final RecordingEventHandler events = new RecordingEventHandler();
    private final Board board = new Board();
    private final Commons commons = new Commons(Map.of(CLUSTER, this::headroom), CYCLE);
    private final Ports ports = new Ports(
            flink,
            store,
            flink,
            events,
            new RecordingEventHandler(),
            (job, options, ordered) ->
                    PolicyReader.withoutDefaults(ZoneOffset.UTC).read(options),
            board,
            clock,
            CYCLE,
            commons,
            StandingOrders.none());

    private final Map<JobAutoScalerContext, JobTick> ticks = new LinkedHashMap<>();
    private final Map<JobAutoScalerContext, FakeFlink.Job> jobs = new HashMap<>();

    /** Containers that the queue may have. */
    private int queue = 100;

    private Optional<String> silent = Optional.empty();
    private final List<String> asked = new ArrayList<>();

    private Headroom headroom(JobAutoScalerContext job, Set<String> applications) throws UnreachableException {
        asked.add(job.jobName());
        if (silent.isPresent()) {
            throw new UnreachableException(Category.NO_ANSWER, silent.get());
        }
        Amount container = new Amount(1024, 2);
        Map<String, Integer> containers = new HashMap<>();
        jobs.forEach(
                (of, fake) -> containers.merge(of.key().applicationId(), (fake.parallelism + 1) / 2, Integer::sum));
        int used = containers.values().stream().mapToInt(Integer::intValue).sum();
        return new Headroom(
                List.of(new Bound("queue root.small", container.times(queue - used), "queue root.small is small")),
                List.of(container.times(100)),
                new Rounding(container, container),
                containers,
                Optional.empty(),
                Optional.empty());
    }

    private JobAutoScalerContext start(int application, String job, String... options) {
        JobAutoScalerContext context = new JobAutoScalerContext(
                new JobKey(CLUSTER, "application_1_" + application, job),
                job,
                "RUNNING",
                FakeFlink.context(1).rest(),
                Optional.of(new Application("app", "root.small", "ann", Set.of())));
        FakeFlink.Job fake = flink.start(context);
        fake.rate = 450;
        Map<String, String> configuration = new HashMap<>(Map.of(
                "job.autoscaler.enabled", "true",
                "job.autoscaler.metrics.window", "1 min",
                "job.autoscaler.stabilization.interval", "0 s",
                "job.autoscaler.restart.time", "1 min",
                "job.autoscaler.scaling.parallelism-alignment.mode", "OFF",
                "job.autoscaler.catch-up.duration", "0 s",
                "taskmanager.numberOfTaskSlots", "2",
                "taskmanager.memory.process.size", "1 gb"));
        for (int i = 0; i < options.length; i += 2) {
            configuration.put(options[i], options[i + 1]);
        }
        fake.configuration = configuration;
        jobs.put(context, fake);
        ticks.put(context, new JobTick(context, ports));
        commons.listed(CLUSTER, List.copyOf(ticks.keySet()));
        return context;
    }

    private void cycles(int count) {
        for (int i = 0; i < count; i++) {
            clock.advance(CYCLE);
            ticks.forEach((job, tick) -> tick.run(job));
        }
    }

    private FakeFlink.Job fake(JobAutoScalerContext job) {
        return Objects.requireNonNull(jobs.get(job));
    }

    private int parallelism(JobAutoScalerContext job) {
        return fake(job).parallelism;
    }

    private Optional<String> reason(JobAutoScalerContext job) {
        return board.job(job.key()).orElseThrow().reason();
    }

    private String detail(JobAutoScalerContext job) {
        return board.job(job.key()).orElseThrow().detail().orElse("");
    }

    @Test
    void nobodyAsksForRoomBeforeAJobWantsMoreTaskManagers() {
        JobAutoScalerContext job = start(1, "a");
        fake(job).rate = 70;
        cycles(12);
        assertThat(parallelism(job)).isEqualTo(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void whereThereIsRoomTheJobGetsAllOfIt() {
        JobAutoScalerContext job = start(1, "a");
        cycles(9);
        assertThat(parallelism(job)).isEqualTo(7);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void whereThereIsTooLittleItWaitsACycleAndIsCut() {
        queue = 3;
        JobAutoScalerContext job = start(1, "a");
        for (int i = 0; i < 12 && asked.isEmpty(); i++) {
            cycles(1);
        }
        assertThat(reason(job)).contains("NO_ROOM");
        assertThat(detail(job)).contains("the plan needs 7 slots", "waits one cycle", "queue root.small is small");
        cycles(1);
        assertThat(parallelism(job)).isEqualTo(5);
        assertThat(events.events(EventReason.NO_ROOM))
                .extracting(JobEvent::message)
                .anyMatch(message ->
                        message.startsWith("The rescale is cut to the room that there is: the plan needs 7"));
    }

    @Test
    void aPlanIsTriedAgainUntilThereIsRoom() {
        queue = 1;
        JobAutoScalerContext job = start(1, "a");
        cycles(20);
        assertThat(parallelism(job)).isEqualTo(1);
        assertThat(reason(job)).contains("NO_ROOM");
        assertThat(detail(job)).contains("there is room for 0 more: queue root.small is small");
        queue = 100;
        cycles(1);
        assertThat(parallelism(job)).isGreaterThan(5);
    }

    @Test
    void ofTwoThatWantTheSameRoomTheOneOfTheHigherPriorityIsServed() {
        queue = 4;
        JobAutoScalerContext low = start(1, "low");
        JobAutoScalerContext high = start(2, "high", "job.autoscaler.room.priority", "5");
        cycles(12);
        assertThat(parallelism(high)).isEqualTo(5);
        assertThat(parallelism(low)).isEqualTo(1);
        assertThat(reason(low)).contains("NO_ROOM");
    }

    @Test
    void aSampleThatSaysNothingCostsAJobNotItsPlace() {
        queue = 2;
        start(1, "low");
        JobAutoScalerContext high = start(2, "high", "job.autoscaler.room.priority", "5");
        cycles(9);
        assertThat(reason(high)).contains("NO_ROOM");
        // Nothing was measured since.
        Objects.requireNonNull(ticks.get(high)).run(high);
        queue = 4;
        cycles(1);
        assertThat(parallelism(high)).isEqualTo(5);
    }

    @Test
    void aPlanThatIsNotSavedGivesItsRoomBack() {
        queue = 10;
        JobAutoScalerContext first = start(1, "first", "job.autoscaler.restart.time", "10 min");
        cycles(1);
        store.setAway(true);
        cycles(8);
        assertThat(asked).contains("first");
        assertThat(parallelism(first)).isEqualTo(1);
        ticks.remove(first);
        store.setAway(false);
        queue = 5;
        JobAutoScalerContext second = start(2, "second");
        cycles(12);
        assertThat(parallelism(second)).isEqualTo(7);
    }

    @Test
    void whileYarnIsSilentTheJobIsRescaledAllTheSameAndThatIsTold() {
        silent = Optional.of("nobody answers");
        JobAutoScalerContext job = start(1, "a");
        cycles(9);
        assertThat(parallelism(job)).isEqualTo(7);
        assertThat(events.events(EventReason.NO_ROOM))
                .extracting(JobEvent::message)
                .containsExactly(
                        "The job is rescaled although it is not known whether there is room for it: nobody answers");
    }

    @Test
    void whileYarnIsSilentTheJobWaitsWhereItsOptionsSaySo() {
        silent = Optional.of("nobody answers");
        JobAutoScalerContext job = start(1, "a", "job.autoscaler.room.unknown", "HOLD");
        cycles(9);
        assertThat(parallelism(job)).isEqualTo(1);
        assertThat(reason(job)).contains("NO_ROOM");
        assertThat(detail(job)).contains("it is not known whether there is any: nobody answers");
    }

    @Test
    void whoeverDoesNotCareIsNotAskedAbout() {
        queue = 1;
        JobAutoScalerContext job = start(1, "a", "job.autoscaler.room.check.enabled", "false");
        cycles(9);
        assertThat(parallelism(job)).isEqualTo(7);
        assertThat(asked).isEmpty();
    }

    @Test
    void theRoomForLabeledNodesIsNotKnown() {
        JobAutoScalerContext job =
                start(1, "a", "yarn.taskmanager.node-label", "gpu", "job.autoscaler.room.unknown", "HOLD");
        cycles(9);
        assertThat(detail(job)).contains("the label gpu");
    }

    @Test
    void inASessionNobodyIsRescaledUnlessItIsAllowed() {
        JobAutoScalerContext first = start(1, "first");
        JobAutoScalerContext second = start(1, "second", "job.autoscaler.session.enabled", "true");
        cycles(9);
        assertThat(parallelism(first)).isEqualTo(1);
        assertThat(reason(first)).contains("SESSION_NOT_ENABLED");
        assertThat(detail(first)).startsWith("session cluster application_1_1 with its 2 jobs");
        assertThat(parallelism(second)).isEqualTo(7);
    }

    @Test
    void theOnlyJobOfASessionIsNotRescaledUnlessItIsAllowed() {
        JobAutoScalerContext alone = start(1, "alone", "execution.target", "yarn-session");
        JobAutoScalerContext allowed =
                start(2, "allowed", "execution.target", "yarn-session", "job.autoscaler.session.enabled", "true");
        JobAutoScalerContext application = start(3, "application", "execution.target", "embedded");
        cycles(9);
        assertThat(parallelism(alone)).isEqualTo(1);
        assertThat(reason(alone)).contains("SESSION_NOT_ENABLED");
        assertThat(detail(alone))
                .startsWith("session cluster application_1_1 with its only job; set job.autoscaler.session.enabled");
        assertThat(parallelism(allowed)).isEqualTo(7);
        assertThat(parallelism(application)).isEqualTo(7);
    }

    @Test
    void inASessionOneIsRescaledAtATime() {
        String[] allowed = {"job.autoscaler.session.enabled", "true"};
        JobAutoScalerContext first = start(1, "first", allowed);
        JobAutoScalerContext second = start(1, "second", allowed);
        fake(first).restart = Duration.ofSeconds(25);
        for (int i = 0; i < 12 && parallelism(first) == 1; i++) {
            cycles(1);
        }
        assertThat(parallelism(second)).isEqualTo(1);
        assertThat(reason(second)).contains("SESSION_BUSY");
        assertThat(detail(second)).isEqualTo("job first of session cluster application_1_1 with its 2 jobs goes first");
        cycles(2);
        assertThat(parallelism(second)).isEqualTo(1);
        cycles(4);
        assertThat(parallelism(second)).isGreaterThan(1);
    }
}
