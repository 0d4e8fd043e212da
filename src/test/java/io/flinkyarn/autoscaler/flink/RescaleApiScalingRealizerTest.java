package io.flinkyarn.autoscaler.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.control.ScalingRealizer.Realization;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RescaleApiScalingRealizerTest {

    private static final String JOB = "302ae7da70633db05a39a0ec4fd22b5b";
    private static final String PATH = "jobs/" + JOB + "/resource-requirements";
    private static final VertexId A = new VertexId("a".repeat(32));
    private static final VertexId B = new VertexId("b".repeat(32));

    private FakeFlink flink;
    private RescaleApiScalingRealizer realizer;

    @BeforeEach
    void start() throws IOException {
        flink = FakeFlink.direct();
        realizer = new RescaleApiScalingRealizer(
                new FlinkRest(cluster -> RestLimits.DEFAULT, RestLogin.NONE, new RequestLog()));
        declared("[1,2]", "[1,3]");
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void sendsAllVerticesAndChangesThoseOfTheTarget() throws Exception {
        assertThat(realize(Map.of(A, 5))).isEqualTo(Realization.SENT);

        assertThat(flink.askedPaths()).containsExactly("GET " + PATH, "PUT " + PATH);
        assertSent("[1,5]", "[1,3]");
    }

    @Test
    void sendsNothingToAJobThatHasItAlready() throws Exception {
        assertThat(realize(Map.of(A, 2, B, 3))).isEqualTo(Realization.ALREADY_DECLARED);

        assertThat(flink.askedPaths()).containsExactly("GET " + PATH);
    }

    @Test
    void keepsTheLowerBoundThatAUserHasSet() throws Exception {
        declared("[2,4]", "[1,3]");

        realize(Map.of(A, 3));

        assertSent("[2,3]", "[1,3]");
    }

    @Test
    void takesALowerBoundAboveTheTargetDownWithIt() throws Exception {
        declared("[4,4]", "[1,3]");

        realize(Map.of(A, 2));

        assertSent("[2,2]", "[1,3]");
    }

    @Test
    void aTargetOfAnotherGraphIsNotSent() {
        UnreachableException e = catchThrowableOfType(
                UnreachableException.class, () -> realize(Map.of(A, 5, new VertexId("c".repeat(32)), 2)));

        assertThat(e.category()).isEqualTo(Category.REFUSED);
        assertThat(e).hasMessageContaining("c".repeat(32)).hasMessageContaining("Nothing was sent");
        assertThat(flink.askedPaths()).containsExactly("GET " + PATH);
    }

    @Test
    void aJobUnderTheDefaultSchedulerIsRefused() {
        flink.json(PATH, 500, Recorded.flink("2.3.0-default-scheduler", "10-job-resource-requirements"));

        UnreachableException e = catchThrowableOfType(UnreachableException.class, () -> realize(Map.of(A, 5)));

        assertThat(e.category()).isEqualTo(Category.REFUSED);
        assertThat(e)
                .hasMessageContaining("The DefaultScheduler does not support")
                .hasMessageNotContaining("\n");
    }

    @Test
    void readsWhatEveryVersionDeclares() throws Exception {
        for (String version : Recorded.FRESH_VERSIONS) {
            flink.json(PATH, Recorded.flink(version, "10-job-resource-requirements"));

            assertThat(realize(Map.of(new VertexId("23ab3a59b17e9c45f95cff4c728611fc"), 1)))
                    .isEqualTo(Realization.ALREADY_DECLARED);
        }
    }

    private Realization realize(Map<VertexId, Integer> target) throws UnreachableException, InterruptedException {
        return realizer.realize(flink.job(JOB), target);
    }

    private void declared(String a, String b) {
        flink.json(PATH, requirements(a, b));
    }

    private void assertSent(String a, String b) throws IOException {
        FakeFlink.Asked put = flink.asked().get(1);
        assertThat(put.method()).isEqualTo("PUT");
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(put.body())).isEqualTo(mapper.readTree(requirements(a, b)));
    }

    private static String requirements(String a, String b) {
        return "{\"" + A + "\":" + bounds(a) + ",\"" + B + "\":" + bounds(b) + "}";
    }

    private static String bounds(String pair) {
        return pair.replace("[", "{\"parallelism\":{\"lowerBound\":")
                .replace(",", ",\"upperBound\":")
                .replace("]", "}}");
    }
}
