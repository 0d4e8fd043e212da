package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.SchedulerPage.LeafQueue;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.testing.SettableClock;
import io.flinkyarn.autoscaler.yarn.Figures.Node;
import io.flinkyarn.autoscaler.yarn.Figures.Queue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class YarnRoomTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Node NODE = new Node(new Amount(8192, 8), new Amount(2048, 2));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T12:00:00Z"));
    private final FakeFigures yarn = new FakeFigures();
    private final Configuration configuration = new Configuration(false);

    private final FakeSchedulerPage page = new FakeSchedulerPage();
    private final SchedulerPages pages =
            new SchedulerPages(page, "prod", List.of(FakeSchedulerPage.RM1, FakeSchedulerPage.RM2));

    private final YarnRoom room = YarnRoom.of(yarn, pages, configuration, INTERVAL, clock);

    private static JobAutoScalerContext job(String application, String queue) {
        return new JobAutoScalerContext(
                new JobKey("prod", application, "a"),
                "job",
                "RUNNING",
                new RestEndpoint("prod", URI.create("http://rm/proxy/" + application + "/")),
                Optional.of(new Application("name", queue, "ann", Set.of())));
    }

    private static Queue queue(String path, long maxMb, long usedMb) {
        return new Queue(
                path, Optional.of(new Amount(maxMb, 100)), Optional.of(0.5), new Amount(usedMb, 1), Optional.empty());
    }

    private Headroom headroom(String queue) throws Exception {
        return room.headroom(job("application_1_1", queue), Set.of());
    }

    @Test
    void theQueueAndThoseAboveItBoundTheRoom() throws Exception {
        yarn.has(new Figures(
                List.of(
                        queue("root.etl", 6000, 5000),
                        queue("root.etl.daily", 4000, 1000),
                        queue("root.etl.daily2", 10, 10),
                        queue("root.web", 10, 10)),
                List.of(NODE, NODE)));

        Headroom headroom = headroom("root.etl.daily");

        assertThat(headroom.bounds())
                .containsExactlyInAnyOrder(
                        new Bound(
                                "queue root.etl",
                                new Amount(1000, 99),
                                "queue root.etl uses 5000 MiB and 1 vcores of at most 6000 MiB and 100 vcores"),
                        new Bound(
                                "queue root.etl.daily",
                                new Amount(3000, 99),
                                "queue root.etl.daily uses 1000 MiB and 1 vcores of at most 4000 MiB and 100 vcores"));
        assertThat(headroom.nodes()).containsExactly(new Amount(6144, 6), new Amount(6144, 6));
    }

    @Test
    void aQueueIsFoundByItsLastNameWhereThatIsUnambiguous() throws Exception {
        yarn.has(new Figures(List.of(queue("root.etl.daily", 4000, 1000), queue("root.a.x", 1, 0)), List.of(NODE)));

        assertThat(headroom("daily").scopes()).containsExactly("queue root.etl.daily");
        assertThat(headroom("etl.daily").scopes()).containsExactly("queue root.etl.daily");
    }

    @Test
    void aQueueThatIsNotFoundIsNoQueueWithoutALimit() {
        yarn.has(new Figures(List.of(queue("root.a.x", 1, 0), queue("root.b.x", 1, 0)), List.of(NODE)));

        assertThatThrownBy(() -> headroom("x"))
                .isInstanceOf(UnreachableException.class)
                .hasMessage("YARN tells nothing about queue x");
    }

    @Test
    void anOldClusterTellsTheMaximumAsAShare() throws Exception {
        Queue old = new Queue("daily", Optional.empty(), Optional.of(0.25), new Amount(1000, 1), Optional.empty());
        yarn.has(new Figures(List.of(old), List.of(NODE, NODE)));

        assertThat(headroom("daily").bounds()).extracting(Bound::left).containsExactly(new Amount(3096, 3));
    }

    @Test
    void theRoomOfNodesWithALabelIsNotKnown() {
        Queue labeled = new Queue(
                "root.gpu", Optional.of(new Amount(1, 1)), Optional.empty(), Amount.NOTHING, Optional.of("gpu"));
        yarn.has(new Figures(List.of(labeled), List.of(NODE)));

        assertThatThrownBy(() -> headroom("root.gpu"))
                .hasMessage(
                        "queue root.gpu puts containers on nodes with the label gpu, and only the room of nodes without a"
                                + " label is known");
    }

    @Test
    void vcoresCountUnlessTheSchedulerIgnoresThem() throws Exception {
        yarn.has(new Figures(List.of(), List.of(NODE)));
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        assertThat(headroom("root.a").fits(new Amount(100, 7), List.of()).containers())
                .isZero();

        // More in use than there are: nobody counts them here.
        clock.advance(INTERVAL);
        yarn.has(new Figures(
                List.of(queue("root.a", 4000, 0)), List.of(NODE, new Node(new Amount(8192, 8), new Amount(0, 9)))));
        assertThat(headroom("root.a").fits(new Amount(100, 7), List.of()).containers())
                .isEqualTo(40);

        configuration.set(
                "yarn.scheduler.capacity.resource-calculator",
                "org.apache.hadoop.yarn.util.resource.DefaultResourceCalculator");
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        YarnRoom byMemory = YarnRoom.of(yarn, pages, configuration, INTERVAL, clock);
        assertThat(byMemory.headroom(job("application_1_1", "root.a"), Set.of())
                        .fits(new Amount(100, 7), List.of())
                        .containers())
                .isEqualTo(40);
    }

    @Test
    void containersAreRoundedAsTheSchedulerDoes() throws Exception {
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        assertThat(headroom("root.a").rounded(new Amount(1500, 1))).isEqualTo(new Amount(2048, 1));

        configuration.set("yarn.scheduler.minimum-allocation-mb", "256");
        configuration.set("yarn.scheduler.increment-allocation-mb", "400");
        assertThat(rounded()).isEqualTo(new Amount(1536, 1));
        configuration.set(
                "yarn.resourcemanager.scheduler.class",
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fair.FairScheduler");
        assertThat(rounded()).isEqualTo(new Amount(1600, 1));
    }

    private Amount rounded() throws Exception {
        return YarnRoom.of(yarn, pages, configuration, INTERVAL, clock)
                .headroom(job("application_1_1", "root.a"), Set.of())
                .rounded(new Amount(1500, 1));
    }

    @Test
    void theClusterIsAskedOncePerIntervalAndTheApplicationsBeforeTheFigures() throws Exception {
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        yarn.runs("application_1_1", 3);
        yarn.runs("application_1_2", 4);

        assertThat(room.headroom(job("application_1_1", "root.a"), Set.of()).containers())
                .containsOnly(Map.entry("application_1_1", 3));
        clock.advance(INTERVAL.minusSeconds(1));
        room.headroom(job("application_1_2", "root.a"), Set.of("application_1_1"));
        assertThat(yarn.calls()).containsExactly("application_1_1", "figures", "application_1_2");
        clock.advance(Duration.ofSeconds(1));
        room.headroom(job("application_1_2", "root.a"), Set.of());
        assertThat(yarn.calls()).endsWith("application_1_2", "application_1_2", "figures");
    }

    @Test
    void aFailureIsGoodForAnInterval() throws Exception {
        yarn.goesAway("nobody there");
        assertThatThrownBy(() -> headroom("root.a")).hasMessage("nobody there");
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        assertThatThrownBy(() -> headroom("root.a")).hasMessage("nobody there");
        assertThat(yarn.calls()).containsOnlyOnce("figures");
        clock.advance(INTERVAL);
        assertThat(headroom("root.a").bounds()).hasSize(1);
    }

    @Test
    void theUserIsBoundedBesideTheQueueAndAContainerByTheLargestThatIsGiven() throws Exception {
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        page.has(limited(0.5));

        Headroom headroom = headroom("root.a");

        assertThat(headroom.scopes()).containsExactlyInAnyOrder("queue root.a", "user ann in queue root.a");
        assertThat(headroom.fits(new Amount(1000, 1), List.of()).containers()).isEqualTo(1);
        assertThat(headroom.fits(new Amount(1500, 1), List.of()).limit())
                .isEqualTo("queue root.a gives no container larger than 1024 MiB and 4 vcores (maximum-allocation);"
                        + " a container takes 1500 MiB and 1 vcores");
    }

    @Test
    void thePageIsAskedForOncePerIntervalAndFirstWhereItAnsweredLast() throws Exception {
        yarn.has(new Figures(List.of(queue("root.a", 4000, 0)), List.of(NODE)));
        page.has(limited(1));
        page.activate(FakeSchedulerPage.RM2);
        headroom("root.a");
        headroom("root.a");
        clock.advance(INTERVAL);
        headroom("root.a");

        assertThat(page.asked()).containsExactly("rm1", "rm2", "rm2");
    }

    @Test
    void withoutThePageTheOtherLimitsHold() throws Exception {
        yarn.has(new Figures(List.of(queue("root.a", 4000, 3500)), List.of(NODE)));
        page.activate(URI.create("http://elsewhere/"));

        Headroom headroom = headroom("root.a");

        assertThat(headroom.scopes()).containsExactly("queue root.a");
        assertThat(headroom.fits(new Amount(1000, 1), List.of()).limit())
                .startsWith("queue root.a uses 3500 MiB")
                .endsWith("; user limits are not known: http://rm1:8088/ is a standby; http://rm2:8088/ is a standby");
    }

    private static LeafQueue limited(double factor) {
        return new LeafQueue(
                "root.a",
                Optional.of(new Amount(2000, 50)),
                OptionalDouble.empty(),
                OptionalDouble.of(factor),
                Optional.of(new Amount(1024, 4)),
                List.of());
    }
}
