package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.GivenPolicies.ORDERS;
import static io.flinkyarn.autoscaler.config.GivenPolicies.option;
import static io.flinkyarn.autoscaler.config.GivenPolicies.tagged;
import static io.flinkyarn.autoscaler.config.GivenPolicies.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.JobDescription;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Valid;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which named policies hold for a job, and whose word counts. */
class NamedPolicyTest {

    @TempDir
    private Path directory;

    private GivenPolicies given(String yaml) {
        return GivenPolicies.written(directory, yaml);
    }

    @Test
    void eachLayerWinsOverTheOneBeforeAndSaysSo() {
        GivenPolicies given = given("""
                job.autoscaler.metrics.window: 1 min
                job.autoscaler.restart.time: 1 min
                job.autoscaler.catch-up.duration: 1 min
                job.autoscaler.stabilization.interval: 1 min
                policies:
                  - name: streaming
                    queues: [streaming]
                    job.autoscaler:
                      restart.time: 2 min
                      catch-up.duration: 2 min
                      stabilization.interval: 2 min
                """);

        Valid options = given.of(
                tagged("autoscaler.catch-up.duration=3min", "autoscaler.stabilization.interval=3min"),
                Map.of("job.autoscaler.stabilization.interval", "4 min"));

        assertThat(option(options, "history.max.count")).isEqualTo("default");
        assertThat(option(options, "metrics.window")).isEqualTo("1 min by DAEMON");
        assertThat(option(options, "restart.time")).isEqualTo("2 min by POLICY");
        assertThat(option(options, "catch-up.duration")).isEqualTo("3 min by TAG");
        assertThat(option(options, "stabilization.interval")).isEqualTo("4 min by JOB");
        assertThat(options.policy().observation().stabilization()).hasMinutes(4);
        assertThat(options.policy().backlog().catchUp()).hasMinutes(3);
        assertThat(options.policy().restart().time()).hasMinutes(2);
        assertThat(where(options, "metrics.window")).isEqualTo(given.file() + ", line 1");
        assertThat(where(options, "restart.time")).isEqualTo("policy streaming, " + given.file() + ", line 9");
        assertThat(where(options, "catch-up.duration")).isEqualTo("YARN tag autoscaler.catch-up.duration=3min");
        assertThat(where(options, "stabilization.interval")).isEqualTo("configuration of the Flink job");
        assertThat(options.named()).containsExactly("streaming");
    }

    @Test
    void aDeprecatedKeyInAHigherLayerWinsOverTheNewOneBelow() {
        Valid options = given("""
                job.autoscaler.utilization.target: 0.5
                policies:
                  - name: old
                    kubernetes.operator.job.autoscaler.target.utilization: 0.6
                """).of(ORDERS);

        assertThat(option(options, "utilization.target")).isEqualTo("0.6 by POLICY");
    }

    @Test
    void ofThePoliciesThatHoldALaterOneWinsOptionByOption() {
        Valid options = given("""
                policies:
                  - name: all
                    mode: observe
                    job.autoscaler.vertex.max-parallelism: 10
                  - name: others
                    queues: [batch]
                    job.autoscaler.vertex.max-parallelism: 11
                  - name: of-alice
                    users: [alice]
                    job.autoscaler.vertex.max-parallelism: 12
                """).of(ORDERS);

        assertThat(options.named()).containsExactly("all", "of-alice");
        assertThat(option(options, "vertex.max-parallelism")).isEqualTo("12 by POLICY");
        assertThat(option(options, "enabled")).isEqualTo("true by POLICY");
        assertThat(option(options, "scaling.enabled")).isEqualTo("false by POLICY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queues: [streaming]",
                "queues: [root.streaming.eu]",
                "queues: [root]",
                "users: [bob, alice]",
                "names: ['ord*']",
                "jobs: ['Orders *']",
                "clusters: [production]",
                "tags.any-of: [x, Team-A]",
                "tags.all-of: [team-a, EU]",
                "tags.none-of: [test]",
                "{queues: [streaming], users: [alice], clusters: [production]}"
            })
    void aPolicyHoldsForAJobThatHasAllThatItAsksFor(String selection) {
        assertThat(given(policy(selection)).of(tagged("team-a", "eu")).named()).containsExactly("chosen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queues: [stream]",
                "queues: [root.streaming.eu.small]",
                "users: [Alice]",
                "names: ['Orders*']",
                "jobs: ['orders']",
                "clusters: [test]",
                "tags.any-of: [team]",
                "tags.all-of: [team-a, us]",
                "tags.none-of: [eu]",
                "{queues: [streaming], users: [bob]}",
                "on-request: true"
            })
    void aPolicyDoesNotHoldForAJobThatLacksAnyOfIt(String selection) {
        assertThat(given(policy(selection)).of(tagged("team-a", "eu")).named()).isEmpty();
    }

    private static String policy(String selection) {
        String entry = selection.startsWith("{") ? selection.substring(1, selection.length() - 1) : selection;
        return "policies:\n  - {name: chosen, mode: scale, " + entry + "}\n";
    }

    @Test
    void aJobWithoutYarnIsChosenByItsClusterAndItsNameOnly() {
        JobDescription job = JobDescription.withoutYarn("sessions", "Orders");
        assertThat(given("""
                policies:
                  - {name: a, mode: scale, clusters: [sessions], jobs: ['Ord*']}
                  - {name: b, mode: scale, queues: [streaming]}
                  - {name: c, mode: scale, names: ['*rders']}
                  - {name: d, mode: scale, tags.any-of: [x]}
                """).of(job).named()).containsExactly("a");
    }

    @Test
    void aTagAsksForAPolicyWhichThenWinsOverThoseThatChooseTheJob() {
        GivenPolicies given = given("""
                policies:
                  - name: Night
                    on-request: true
                    job.autoscaler.restart.time: 1 min
                  - name: all
                    job.autoscaler.restart.time: 2 min
                    job.autoscaler.metrics.window: 2 min
                """);

        assertThat(option(given.of(ORDERS), "restart.time")).isEqualTo("2 min by POLICY");
        Valid asked = given.of(tagged("autoscaler.policy=night"));
        assertThat(asked.named()).containsExactly("all", "Night");
        assertThat(option(asked, "restart.time")).isEqualTo("1 min by POLICY");
        assertThat(option(asked, "metrics.window")).isEqualTo("2 min by POLICY");
    }

    @Test
    void aModeIsShortForTwoOptionsWhichTheJobMaySetItself() {
        GivenPolicies given = given("policies: [{name: a, mode: off}]");
        assertThat(given.of(ORDERS).policy().enabled()).isFalse();
        assertThat(given.of(ORDERS, Map.of("job.autoscaler.enabled", "true"))
                        .policy()
                        .enabled())
                .isTrue();
        given = given("policies: [{name: a, mode: Observe}]");
        assertThat(given.of(ORDERS).policy().enabled()).isTrue();
        assertThat(given.of(ORDERS).policy().scalingEnabled()).isFalse();
        given = given("""
                job.autoscaler.scaling.enabled: false
                policies: [{name: a, mode: SCALE}]
                """);
        assertThat(given.of(ORDERS).policy().scalingEnabled()).isTrue();
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsPolicyAndLine() {
        GivenPolicies given = given("""
                clusters: [{name: production, host: jm}]
                policies:
                  - mode: scale
                  - name: two words
                    mode: scale
                  - name: nothing
                    queues: [a]
                  - name: Twice
                    mode: observed
                  - name: twice
                    mode: observe
                    job.autoscaler.enabled: true
                  - name: typo
                    utilization.target: 0.7
                    clusters: [prod]
                    cap.mode: scale
                    cap.vertex.max-parallelism: 0
                    job.autoscaler.metrics.window: soon
                  - name: contradiction
                    job.autoscaler.vertex.min-parallelism: 5
                    job.autoscaler.vertex.max-parallelism: 4
                    job.autoscaler.excluded.periods: always
                  - name: misplaced
                    job.autoscaler.logical-name: x
                    job.autoscaler.flink.rest-client.timeout: 3 s
                """);
        String line = " (" + given.file() + ", line ";

        assertThat(given.problems())
                .anySatisfy(p -> assertThat(p).startsWith("policies[0].name: expected a name of its own"))
                .anySatisfy(p -> assertThat(p).startsWith("policies[1].name = 'two words'" + line + "4): expected"))
                .anySatisfy(p -> assertThat(p).startsWith("policies[2].mode: expected a mode, job.autoscaler options"))
                .anySatisfy(p -> assertThat(p)
                        .isEqualTo("policies[3].mode = 'observed'" + line + "9): expected one of OBSERVE, OFF, SCALE"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("policies[4].name = 'twice'" + line + "10): expected a name that no other"))
                .anySatisfy(
                        p -> assertThat(p).startsWith("policies[4].mode = 'observe'" + line + "11): expected either"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("policies[5].utilization.target" + line + "14): there is no such option.")
                        .endsWith("policies[].job.autoscaler.utilization.target"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("policies[5].clusters = 'prod'" + line + "15)")
                        .contains("[production]"))
                .anySatisfy(p -> assertThat(p).startsWith("policies[5].cap.mode = 'scale'" + line + "16)"))
                .anySatisfy(p -> assertThat(p)
                        .isEqualTo("policies[5].cap.vertex.max-parallelism = '0'" + line
                                + "17): expected a value at least 1"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("job.autoscaler.metrics.window = 'soon' (policy typo, " + given.file()
                                + ", line 18): expected"))
                .anySatisfy(p ->
                        assertThat(p).startsWith("job.autoscaler.vertex.min-parallelism = '5' (policy contradiction, "))
                .anySatisfy(p ->
                        assertThat(p).startsWith("job.autoscaler.excluded.periods = 'always' (policy contradiction, "))
                .anySatisfy(p -> assertThat(p).startsWith("job.autoscaler.logical-name = 'x' (policy misplaced, "))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("job.autoscaler.flink.rest-client.timeout = '3 s' (policy misplaced, "))
                .hasSize(15);
    }

    @Test
    void whatIsSetInAPolicyIsShownWithItsOrigin() {
        GivenPolicies given =
                given("policies: [{name: a, queues: [q], cap.mode: off, job.autoscaler.restart.time: 60 s}]");
        assertThat(given.shown())
                .containsExactly(
                        "policies[0].name: a, line 1",
                        "policies[0].queues: q, line 1",
                        "policies[0].cap.mode: off, line 1",
                        "policies[0].job.autoscaler.restart.time: 60 s, line 1");
    }

    @Test
    void whatContradictsTheDefaultsOnlyMayBeMendedByAnotherPolicy() {
        GivenPolicies given = given("""
                policies:
                  - {name: low, job.autoscaler.utilization.target: 0.4}
                  - {name: narrow, users: [alice], job.autoscaler.utilization.max: 0.5}
                """);
        assertThat(given.of(ORDERS).policy().utilization().max()).isEqualTo(0.5);
        assertThat(given("policies: [{name: narrow, job.autoscaler.utilization.max: 0.5}]")
                        .problemsOf(ORDERS))
                .singleElement()
                .asString()
                .startsWith("job.autoscaler.utilization.max = '0.5' (policy narrow, ")
                .endsWith("expected at least the target, which is 0.7");
    }
}
