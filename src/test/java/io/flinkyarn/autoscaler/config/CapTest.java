package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.GivenPolicies.ORDERS;
import static io.flinkyarn.autoscaler.config.GivenPolicies.option;
import static io.flinkyarn.autoscaler.config.GivenPolicies.tagged;
import static io.flinkyarn.autoscaler.config.GivenPolicies.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Valid;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator allows, whatever is written about the job. */
class CapTest {

    private static final Map<String, String> GREEDY = Map.of(
            "job.autoscaler.enabled", "true",
            "job.autoscaler.scaling.enabled", "true",
            "job.autoscaler.vertex.min-parallelism", "50",
            "job.autoscaler.vertex.max-parallelism", "100",
            "job.autoscaler.quota.cpu", "1000");

    @TempDir
    private Path directory;

    private GivenPolicies given(String yaml) {
        return GivenPolicies.written(directory, yaml);
    }

    @Test
    void noJobExceedsACapWhateverItsOwnConfigurationSays() {
        GivenPolicies given = given("""
                policies:
                  - name: small
                    cap.vertex.max-parallelism: 8
                    cap.quota.cpu: 16
                    cap.quota.memory: 32 gb
                """);

        Valid greedy = given.of(ORDERS, GREEDY);

        assertThat(greedy.policy().limits().maxParallelism()).isEqualTo(8);
        assertThat(greedy.policy().limits().maxParallelismIsCap()).isTrue();
        assertThat(greedy.policy().limits().minParallelism()).isEqualTo(8);
        assertThat(greedy.policy().quota().cpu()).hasValue(16);
        assertThat(greedy.policy().quota().memoryBytes()).hasValue(32L << 30);
        assertThat(option(greedy, "vertex.max-parallelism")).isEqualTo("8 by CAP");
        assertThat(where(greedy, "vertex.max-parallelism"))
                .isEqualTo("cap of policy small, " + given.file() + ", line 3");
        assertThat(option(greedy, "quota.memory")).isEqualTo("32 gb by CAP");
        assertThat(greedy.overruled())
                .extracting(Problem::key)
                .containsExactly(
                        "job.autoscaler.vertex.min-parallelism",
                        "job.autoscaler.vertex.max-parallelism",
                        "job.autoscaler.quota.cpu");
        assertThat(greedy.overruled().get(1).message())
                .isEqualTo("job.autoscaler.vertex.max-parallelism = '100' (configuration of the Flink job):"
                        + " it is overruled by 8, the cap of policy small, " + given.file() + ", line 3");
    }

    @Test
    void aCapHoldsAgainstDefaultsToo() {
        Valid modest = given("policies: [{name: small, cap.vertex.max-parallelism: 8}]")
                .of(ORDERS);
        assertThat(modest.policy().limits().maxParallelism()).isEqualTo(8);
        assertThat(modest.overruled()).as("nobody has asked for more").isEmpty();
    }

    @Test
    void whatIsBelowACapIsLeftAsItIs() {
        GivenPolicies given = given("policies: [{name: big, cap.vertex.max-parallelism: 500, cap.quota.cpu: 2000}]");
        Valid options = given.of(ORDERS, GREEDY);
        assertThat(option(options, "vertex.max-parallelism")).isEqualTo("100 by JOB");
        assertThat(options.policy().limits().maxParallelismIsCap()).isFalse();
        assertThat(option(options, "quota.cpu")).isEqualTo("1000.0 by JOB");
        assertThat(option(given.of(ORDERS), "vertex.max-parallelism")).isEqualTo("default");
    }

    @Test
    void ofSeveralCapsTheLowestHoldsInWhateverOrderTheyStand() {
        GivenPolicies given = given("""
                policies:
                  - {name: a, cap.vertex.max-parallelism: 16, cap.mode: observe}
                  - {name: b, cap.vertex.max-parallelism: 8}
                  - {name: c, cap.vertex.max-parallelism: 12}
                  - {name: d, queues: [batch], cap.vertex.max-parallelism: 1}
                """);
        Valid options = given.of(ORDERS, GREEDY);
        assertThat(options.policy().limits().maxParallelism()).isEqualTo(8);
        assertThat(where(options, "vertex.max-parallelism")).startsWith("cap of policy b, ");
    }

    @Test
    void askingForAnotherPolicyEscapesNoCap() {
        GivenPolicies given = given("""
                policies:
                  - {name: all, cap.vertex.max-parallelism: 8}
                  - {name: big, on-request: true, job.autoscaler.vertex.max-parallelism: 64}
                """);
        assertThat(given.of(tagged("autoscaler.policy=big")).policy().limits().maxParallelism())
                .isEqualTo(8);
    }

    @Test
    void aModeIsCappedWithItsReason() {
        GivenPolicies given = given("policies: [{name: watched, cap.mode: observe}]");
        Valid observed = given.of(ORDERS, GREEDY);
        assertThat(observed.policy().enabled()).isTrue();
        assertThat(observed.policy().scalingEnabled()).isFalse();
        assertThat(observed.policy().modeCap())
                .contains(
                        "job.autoscaler.scaling.enabled is false: cap of policy watched, " + given.file() + ", line 1");
        assertThat(given.of(ORDERS).policy().enabled())
                .as("a cap enables nothing")
                .isFalse();

        Valid off = given("policies: [{name: none, cap.mode: off}]").of(tagged("autoscaler.mode=scale"));
        assertThat(off.policy().enabled()).isFalse();
        assertThat(off.policy().modeCap().orElseThrow()).startsWith("job.autoscaler.enabled is false: cap of policy");
        assertThat(off.overruled()).hasSize(1);
    }

    @Test
    void aJobThatIsObservedByItsOwnWishHasNoCapToBlame() {
        Valid options = given("policies: [{name: watched, cap.mode: observe}]").of(tagged("autoscaler.mode=observe"));
        assertThat(options.policy().scalingEnabled()).isFalse();
        assertThat(options.policy().modeCap()).isEmpty();
        assertThat(options.overruled()).isEmpty();
    }
}
