package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Way;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.SchedulerPage.LeafQueue;
import io.flinkyarn.autoscaler.control.SchedulerPage.User;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.resources.Amount;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestSchedulerPageTest {

    private static final String PATH = "ws/v1/cluster/scheduler";

    private final RequestLog requests = new RequestLog();
    private FakeFlink yarn;
    private RestSchedulerPage page;

    @BeforeEach
    void start() throws IOException {
        yarn = FakeFlink.behindProxy("application_1_0001");
        page = new RestSchedulerPage(new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, requests));
    }

    @AfterEach
    void stop() {
        yarn.close();
    }

    @Test
    void theCapacitySchedulerTellsTheUsersOfItsQueues() throws Exception {
        yarn.json(PATH, Recorded.yarn("scheduler-3.5.0"));

        List<LeafQueue> queues = page.queues(yarn.endpoint());

        assertThat(queues).extracting(LeafQueue::path).containsExactly("root.default", "root.small", "root.idle");
        assertThat(queues.get(0).users()).isEmpty();
        LeafQueue small = queues.get(1);
        assertThat(small.guaranteed()).contains(new Amount(2560, 10));
        assertThat(small.guaranteedShare()).hasValue(0.3125);
        assertThat(small.userLimitFactor()).hasValue(0.4);
        assertThat(small.largest()).contains(new Amount(1024, 4));
        assertThat(small.users()).containsExactly(new User("ann", new Amount(512, 1), new Amount(1024, 1), 1));
    }

    @Test
    void itIsOneRequestThatLoadsTheResourceManager() throws Exception {
        yarn.json(PATH, Recorded.yarn("scheduler-3.5.0"));

        page.queues(yarn.endpoint());

        assertThat(requests.counts()).singleElement().satisfies(count -> {
            assertThat(count.requests()).isEqualTo(1);
            assertThat(count.request().way()).isEqualTo(Way.PROXY);
            assertThat(count.request().route()).isEqualTo("/ws/v1/cluster/scheduler");
        });
    }

    @Test
    void anOldOneTellsLess() throws Exception {
        answer("{'scheduler':{'schedulerInfo':{'type':'capacityScheduler','queueName':'root','queues':{'queue':["
                + "{'queueName':'etl','queues':{'queue':{'type':'capacitySchedulerLeafQueueInfo','queueName':'daily',"
                + "'queues':null,'absoluteCapacity':25.0,'userLimitFactor':1.0,"
                + "'users':{'user':{'username':'bob','resourcesUsed':{'memory':7,'vCores':1}}}}}},"
                + "{'queueName':'web','queues':null,'users':null}]}}}}");

        assertThat(page.queues(yarn.endpoint()))
                .containsExactly(
                        new LeafQueue(
                                "root.etl.daily",
                                Optional.empty(),
                                OptionalDouble.of(0.25),
                                OptionalDouble.of(1),
                                Optional.empty(),
                                List.of(new User("bob", new Amount(7, 1), Amount.NOTHING, 1))),
                        new LeafQueue(
                                "root.web",
                                Optional.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                List.of()));
    }

    @Test
    void ofAUserWhoHasMoreUnderLabelsOnlyTheDefaultPartitionCounts() throws Exception {
        answer(
                "{'scheduler':{'schedulerInfo':{'type':'capacityScheduler','queues':{'queue':[{'queueName':'a','users':{'user':["
                        + "{'username':'bob','resourcesUsed':{'memory':9,'vCores':9},'userWeight':2.0,'resources':{"
                        + "'resourceUsagesByPartition':[{'partitionName':'gpu','used':{'memory':8,'vCores':8}},"
                        + "{'partitionName':'','used':{'memory':1,'vCores':1}}]}}]}}]}}}}");

        assertThat(page.queues(yarn.endpoint()).get(0).users())
                .containsExactly(new User("bob", new Amount(1, 1), Amount.NOTHING, 2));
    }

    @Test
    void anotherSchedulerHasNoLimitsThatWeKnow() {
        answer("{'scheduler':{'schedulerInfo':{'type':'fairScheduler','rootQueue':{'queueName':'root'}}}}");

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> page.queues(yarn.endpoint()))
                .withMessage("the scheduler is fairScheduler, and only those of capacityScheduler are");
    }

    @Test
    void aPageThatIsNoPageOfASchedulerIsAFailure() {
        answer("{'clusterInfo':{}}");

        assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> page.queues(yarn.endpoint()));
    }

    private void answer(String json) {
        yarn.json(PATH, json.replace('\'', '"'));
    }
}
