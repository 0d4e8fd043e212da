package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By which way an application is asked where both are open. */
class JobSurveyTest {

    private static final RunningApplication APPLICATION =
            Applications.at("http://rm:8088/proxy/app/", "http://worker7:37189/", 1);
    private static final Both URI = new Both("http://worker7:37189/", "http://rm:8088/proxy/app/");

    private record Both(String direct, String proxied) {}

    private final Ways flink = new Ways();
    private final JobSurvey survey = new JobSurvey(
            "prod",
            new YarnClusterSettings(
                    Optional.of("prod"),
                    Path.of("conf"),
                    ApplicationFilter.of(Set.of("Apache Flink"), Set.of()),
                    new Approach(true, true, Optional.empty()),
                    Optional.empty(),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10)),
            flink,
            () -> 0L);
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @AfterEach
    void close() {
        survey.close();
    }

    @Test
    void anApplicationThatAnswersDirectlyIsNotAskedThroughTheProxy() throws Exception {
        assertThat(address()).isEqualTo(URI.direct());
        assertThat(address()).isEqualTo(URI.direct());
        assertThat(flink.asked()).containsExactly(URI.direct(), URI.direct());
    }

    @Test
    void whereNobodyAnswersDirectlyTheProxyIsTakenAndKept() throws Exception {
        flink.fails(URI.direct(), Category.NO_ANSWER);

        assertThat(address()).isEqualTo(URI.proxied());
        assertThat(address()).isEqualTo(URI.proxied());
        assertThat(flink.asked()).containsExactly(URI.direct(), URI.proxied(), URI.proxied());
    }

    @Test
    void whenTheWayThatWasTakenFailsTheOtherOneIsTriedAtOnce() throws Exception {
        assertThat(address()).isEqualTo(URI.direct());
        flink.fails(URI.direct(), Category.NOT_FLINK);
        assertThat(address()).isEqualTo(URI.proxied());
        flink.answers(URI.direct());
        flink.fails(URI.proxied(), Category.NO_ANSWER);
        assertThat(address()).isEqualTo(URI.direct());
        assertThat(problem()).isEmpty();
    }

    @Test
    void whenBothFailTheProxySaysWhyAndTheJobsKnownAreKept() throws Exception {
        address();
        flink.fails(URI.direct(), Category.NO_ANSWER);
        flink.fails(URI.proxied(), Category.NOT_FLINK);

        assertThat(address()).isEqualTo(URI.direct());
        assertThat(problem()).hasValueSatisfying(message -> assertThat(message).contains("at " + URI.proxied()));
    }

    @Test
    void aRefusalOfFlinkItselfIsNotCarriedToTheOtherWay() throws Exception {
        flink.fails(URI.direct(), Category.REFUSED);
        survey.survey(List.of(APPLICATION), Set.of(), now);

        assertThat(flink.asked()).containsExactly(URI.direct());
        assertThat(problem()).isPresent();
    }

    /** Of the job after one more survey. */
    private String address() throws InterruptedException {
        now = now.plusSeconds(3600);
        survey.survey(List.of(APPLICATION), Set.of(), now);
        return survey.known().get(0).jobs().get(0).rest().base().toString();
    }

    private Optional<String> problem() {
        return survey.known().get(0).failure().map(ApplicationJobs.Failure::message);
    }

    /** A Flink with two addresses, of which each can fail. */
    private static final class Ways implements ClusterJobs {

        private final Map<String, Category> failing = Collections.synchronizedMap(new HashMap<>());
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

        void fails(String address, Category category) {
            failing.put(address, category);
        }

        void answers(String address) {
            failing.remove(address);
        }

        List<String> asked() {
            return List.copyOf(asked);
        }

        @Override
        public List<FoundJob> list(RestEndpoint endpoint) throws UnreachableException {
            String address = endpoint.base().toString();
            asked.add(address);
            Category category = failing.get(address);
            if (category != null) {
                throw new UnreachableException(category, category + " at " + address);
            }
            return List.of(new FoundJob("01", "clicks", "RUNNING"));
        }
    }
}
