package io.flinkyarn.autoscaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Outage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon that is killed and started again at every moment of a day, beside one that runs on: what the next one decides by what the database holds,
 * compared with what the other decides in the same cycles.
 */
class RestartTest {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    /** Says nothing about the job: the next sample will. A sample that was lost makes the difference between "repeated" and "new". */
    private static final List<HoldReason> PASSING = List.of(HoldReason.METRICS_STALE, HoldReason.METRICS_NOT_READY);

    @TempDir
    private Path directory;

    @Test
    void withinTwoCyclesAfterAKillTheVerdictIsTheOneWithoutIt() throws Exception {
        List<Successor> all =
                new Restarts(directory, MINUTE, SimulatedDaemon.INTERVAL, 2).run(Scenarios.missingMetrics());

        assertThat(all).hasSizeGreaterThan(1400);
        assertThat(all).anyMatch(Successor::rescales);
        assertThat(all.stream().filter(s -> !s.decidesAsExpected(PASSING)).toList())
                .as("but for the one moment at which a window becomes full a sample later")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aGapOfTwoMinutesHardlyChangesAVerdictAndNoRescale() throws Exception {
        List<Successor> all = new Restarts(directory, 5 * MINUTE, 2 * MINUTE, 2).run(Scenarios.missingMetrics());

        List<Successor> others =
                all.stream().filter(s -> !s.decidesAsExpected(PASSING)).toList();
        assertThat(others).hasSizeLessThan(all.size() / 100).noneMatch(Successor::rescales);
    }

    @Test
    void afterAGapThatIsLongerThanTheWindowNothingIsDecidedBeforeAnotherWindowIsFull() throws Exception {
        int cyclesOfAWindow = (int) (15 * MINUTE / SimulatedDaemon.INTERVAL);
        List<Successor> all = new Restarts(directory, 5 * MINUTE, HOUR, cyclesOfAWindow).run(Scenarios.stepUp());

        assertThat(all).hasSizeGreaterThan(120);
        assertThat(all)
                .allMatch(s ->
                        s.holdsOnly(HoldReason.METRICS_NOT_READY, HoldReason.STABILIZING, HoldReason.WINDOW_FILLING));
    }

    @Test
    void theWindowIsNotUsedAcrossAGapInWhichTheJobRestarted() throws Exception {
        long from = 3 * HOUR;
        Scenario scenario = Scenarios.noise().with(new Outage(from, from + 30));
        List<Successor> all = new Restarts(directory, MINUTE, 2 * MINUTE, 6).run(scenario);

        List<Successor> across = all.stream()
                .filter(s -> s.killedAt() < from && s.startedAt() > from + 30)
                .toList();
        assertThat(across).isNotEmpty();
        assertThat(across).allMatch(s -> s.holdsOnly(HoldReason.METRICS_NOT_READY, HoldReason.STABILIZING));
    }
}
