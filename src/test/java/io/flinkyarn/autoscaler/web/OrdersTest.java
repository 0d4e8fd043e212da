package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.InMemoryManualControl;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.KnownJobs;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.OrderTarget;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.control.StandingOrder;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import io.flinkyarn.autoscaler.control.StandingOrders;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people order over HTTP, and what the API tells of it. */
class OrdersTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ShownBoard shown = new ShownBoard();
    private final SettableClock clock = new SettableClock(NOW);
    private final ManualControl control = new InMemoryManualControl(shown.board);
    private StandingOrders standing;
    private Api api;

    @BeforeEach
    void showTwoJobs() throws StoreException {
        standing = StandingOrders.open(control);
        api = new Api(shown.board, Optional.empty(), new Orders(control, standing, shown.board, clock), clock);
        shown.show(job("orders", JobMode.SCALING));
        shown.show(job("sessions", JobMode.SCALING));
    }

    private static JobView job(String name, JobMode mode) {
        return new JobView(
                new JobAutoScalerContext(
                        new JobKey("yarn", "application_" + name, "00000000000000000000000000000001"),
                        name,
                        "RUNNING",
                        new RestEndpoint("yarn", URI.create("http://localhost:1/")),
                        Optional.of(new Application("app of " + name, "root.prod", "alice", Set.of("night"))),
                        Optional.of("logical-" + name)),
                mode,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW),
                Optional.empty());
    }

    @Test
    void aPausedJobTellsWhoPausedItSinceWhenAndWhy() throws Exception {
        Answer answer = post(job("pause"), "{\"user\": \"maria\", \"reason\": \"release tonight\"}");
        assertThat(answer.status()).as(message(answer)).isEqualTo(200);
        assertThat(message(answer)).isEqualTo("job yarn/logical-orders/orders is paused, by maria; 1 job is concerned");

        JsonNode paused = get("jobs/yarn/application_orders/00000000000000000000000000000001")
                .path("paused");
        assertThat(paused.path("user").asText()).isEqualTo("maria");
        assertThat(paused.path("since").asText()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(paused.path("reason").asText()).isEqualTo("release tonight");
        assertThat(paused.path("scope").asText()).isEqualTo("JOB");
        assertThat(get("jobs").path("jobs"))
                .extracting(job -> job.has("paused"))
                .containsExactly(true, false);
        assertThat(standing.all()).hasSize(1);
    }

    @Test
    void whoHasProvedWhoHeIsCannotOrderInTheNameOfAnother() throws Exception {
        Request request = request(
                        "POST",
                        job("pause"),
                        Map.of("content-type", "application/json"),
                        "{\"user\": \"maria\", \"reason\": \"release tonight\"}")
                .of(new Caller(Optional.of("ben"), true));
        assertThat(message(api.answer(request, request.path()))).contains("is paused, by ben;");
    }

    @Test
    void itIsResumedWithoutAReason() throws Exception {
        post(job("pause"), "{\"user\": \"maria\", \"reason\": \"release\"}");
        assertThat(message(post(job("resume"), "{\"user\": \"ben\"}"))).contains("is resumed, by ben");
        assertThat(get("jobs").path("jobs").path(0).has("paused")).isFalse();
    }

    @Test
    void whoResumesAJobHearsOfThePauseOfItsCluster() throws Exception {
        post("orders/pause", "{\"user\": \"maria\", \"reason\": \"move\", \"target\": \"CLUSTER:yarn\"}");
        String said = message(post(job("resume"), "{\"user\": \"ben\"}"));
        assertThat(said)
                .startsWith("nothing of the kind was ordered for job yarn/logical-orders/orders itself\n")
                .contains("STILL HOLDS: pause by maria", "until it is taken back for CLUSTER:yarn");
        assertThat(get("jobs").path("jobs"))
                .allSatisfy(job -> assertThat(job.at("/paused/target").asText()).isEqualTo("CLUSTER:yarn"));
    }

    @Test
    void anOrderedModeIsTold() throws Exception {
        post(job("mode"), "{\"user\": \"maria\", \"reason\": \"new code\", \"mode\": \"observe\"}");
        JsonNode ordered = get("jobs").path("jobs").path(0).path("orderedMode");
        assertThat(ordered.path("mode").asText()).isEqualTo("OBSERVE");
        assertThat(ordered.path("reason").asText()).isEqualTo("new code");
        post(job("mode"), "{\"user\": \"maria\", \"reason\": \"is good\", \"mode\": \"default\"}");
        assertThat(get("jobs").path("jobs").path(0).has("orderedMode")).isFalse();
    }

    @Test
    void aResetIsForEachRunThatThereIs() throws Exception {
        post("orders/reset", "{\"user\": \"maria\", \"reason\": \"new code\", \"target\": \"TAG:night\"}");
        assertThat(control.orders())
                .hasSize(2)
                .allSatisfy(order -> assertThat(order.what()).isEqualTo(What.RESET));
    }

    @Test
    void allThatStandsIsListed() throws Exception {
        control.give(new StandingOrder(OrderTarget.ALL, What.PAUSE, "maria", "upgrade", NOW));
        standing.refresh();
        JsonNode order = get("orders").path("orders").path(0);
        assertThat(order.path("what").asText()).isEqualTo("PAUSE");
        assertThat(order.path("target").asText()).isEqualTo("ALL");
        assertThat(order.path("scope").asText()).isEqualTo("ALL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"reason\": \"r\"}                              | 'user' is missing",
                "{\"user\": \"m\"}                                | 'reason' is missing",
                "{\"user\": \"m\", \"reason\": \"  \"}            | 'reason' is missing",
                "{\"user\": 7, \"reason\": \"r\"}                 | 'user' in the body: expected a text",
                "{\"user\": \"m\", \"reason\": \"r\", \"when\": 1} | the body has 'when'",
                "[]                                               | the body is no JSON object",
                "nonsense                                         | the body is no JSON object",
                "~~                                               | the body is no JSON object",
            })
    void whatCannotBeUnderstoodIsSaid(String body, String problem) throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> post(job("pause"), body))
                .withMessageContaining(problem);
        assertThat(control.orders()).isEmpty();
    }

    @Test
    void aModeThatIsNoneIsRefused() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> post(job("mode"), "{\"user\": \"m\", \"reason\": \"r\", \"mode\": \"fast\"}"))
                .withMessage("'fast' is no mode: expected off, observe, scale or default");
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        Request form = request("POST", job("pause"), Map.of("content-type", "text/plain"), "{}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api.answer(form, form.path()))
                .withMessageContaining("Content-Type");
    }

    @Test
    void aLineBreakInAReasonMakesNoLineInTheLog() throws Exception {
        post(job("pause"), "{\"user\": \"m\\r\\nERROR x\", \"reason\": \"a\\nb\"}");
        assertThat(control.orders()).singleElement().satisfies(order -> {
            assertThat(order.user()).isEqualTo("m ERROR x");
            assertThat(order.reason()).isEqualTo("a b");
        });
    }

    @Test
    void anUnknownJobAndAnUnknownActionAreNotFound() throws Exception {
        assertThat(post("jobs/yarn/a/b/pause", "{\"user\": \"m\", \"reason\": \"r\"}")
                        .status())
                .isEqualTo(404);
        assertThat(post(job("restart"), "{\"user\": \"m\", \"reason\": \"r\"}").status())
                .isEqualTo(404);
        assertThat(post("clusters", "{}").status()).isEqualTo(404);
    }

    @Test
    void aJobWhoseNameMayNotBeReadYetTakesNoOrder() throws Exception {
        shown.show(job("orders", JobMode.UNKNOWN));
        assertThat(post(job("pause"), "{\"user\": \"m\", \"reason\": \"r\"}").status())
                .isEqualTo(409);
        assertThat(control.orders()).isEmpty();
    }

    @Test
    void whileTheStoreIsAwayNothingIsOrderedAndThatIsSaid() throws Exception {
        ManualControl away = new ManualControl() {
            @Override
            public KnownJobs jobs() throws StoreException {
                throw new StoreException("cannot read which jobs run: the database does not answer", new IOException());
            }

            @Override
            public List<StandingOrder> orders() {
                return List.of();
            }

            @Override
            public long give(StandingOrder order) {
                throw new AssertionError("nothing can be given");
            }

            @Override
            public List<StandingOrder> takeBack(
                    OrderTarget target, What what, String user, String reason, Instant now) {
                throw new AssertionError("nothing can be taken back");
            }

            @Override
            public void done(StandingOrder reset) {}
        };
        api = new Api(
                shown.board, Optional.empty(), new Orders(away, StandingOrders.open(away), shown.board, clock), clock);
        Answer answer = post(job("pause"), "{\"user\": \"m\", \"reason\": \"r\"}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(message(answer)).contains("the database does not answer");
    }

    private static String job(String action) {
        return "jobs/yarn/application_orders/00000000000000000000000000000001/" + action;
    }

    private Answer post(String path, String body) {
        Request request = request("POST", path, Map.of("content-type", "application/json; charset=utf-8"), body);
        return api.answer(request, request.path());
    }

    private JsonNode get(String path) throws IOException {
        Request request = request("GET", path, Map.of(), "");
        Answer answer = api.answer(request, request.path());
        assertThat(answer.status()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static Request request(String method, String path, Map<String, String> headers, String body) {
        return new Request(
                method,
                List.of(path.split("/")),
                Map.of(),
                headers,
                InetAddress.getLoopbackAddress(),
                body,
                Optional.empty());
    }

    private static String message(Answer answer) throws IOException {
        return JSON.readTree(answer.body()).path("message").asText();
    }
}
