package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.util.ArrayList;
import java.util.List;

/** A daemon that goes on with what a killed one has left in the database: its first decisions, and those of the one that was not killed. */
final class Successor {

    private final long killedAt;
    private final long startedAt;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Decision> expected = new ArrayList<>();
    private JobState state;

    Successor(long killedAt, long startedAt, JobState left) {
        this.killedAt = killedAt;
        this.startedAt = startedAt;
        this.state = left;
    }

    /** Second at which the one before was killed. */
    long killedAt() {
        return killedAt;
    }

    /** Second of its first cycle, or shortly before. */
    long startedAt() {
        return startedAt;
    }

    JobState state() {
        return state;
    }

    void decided(Decision decision, JobState next, Decision without) {
        decisions.add(decision);
        expected.add(without);
        state = next;
    }

    int cycles() {
        return decisions.size();
    }

    /** Whether its verdicts are those of the daemon that was not killed, cycles apart in which one of the two says nothing about the job. */
    boolean decidesAsExpected(List<HoldReason> nothing) {
        for (int i = 0; i < decisions.size(); i++) {
            boolean silent = isOneOf(decisions.get(i), nothing) || isOneOf(expected.get(i), nothing);
            if (!silent && !verdict(decisions.get(i)).equals(verdict(expected.get(i)))) {
                return false;
            }
        }
        return true;
    }

    boolean rescales() {
        return decisions.stream().anyMatch(decision -> decision.match(hold -> false, rescale -> true));
    }

    boolean holdsOnly(HoldReason... reasons) {
        return decisions.stream().allMatch(decision -> isOneOf(decision, List.of(reasons)));
    }

    private static boolean isOneOf(Decision decision, List<HoldReason> reasons) {
        return decision.match(hold -> reasons.contains(hold.reason()), rescale -> false);
    }

    private static String verdict(Decision decision) {
        return decision.match(
                hold -> hold.reason() + " "
                        + hold.recommended()
                                .map(RescalePlan::targets)
                                .map(Object::toString)
                                .orElse(""),
                rescale -> "RESCALE " + rescale.plan().targets());
    }

    @Override
    public String toString() {
        return "killed at " + killedAt + " s: "
                + decisions.stream().map(Successor::verdict).toList() + ", expected "
                + expected.stream().map(Successor::verdict).toList();
    }
}
