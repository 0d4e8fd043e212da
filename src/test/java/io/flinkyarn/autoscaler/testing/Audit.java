package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The history of a database beside what Flink was asked for: what must agree, however often the process between them was killed. Times are those
 * of one clock, to the millisecond.
 *
 * @param decisions the rescales that are on record, in the order in which they were written
 * @param versions of the stored states, by job
 * @param events how often each event of a step happened, by job and reason, for instance {@code job-1 ScalingReport}
 * @param declarations what reached Flink, in this order
 */
public record Audit(
        List<ExecutedDecision> decisions,
        Map<String, Long> versions,
        Map<String, Long> events,
        List<Declaration> declarations) {

    public Audit {
        decisions = List.copyOf(decisions);
        versions = Map.copyOf(versions);
        events = Map.copyOf(events);
        declarations = List.copyOf(declarations);
    }

    public static Audit read(Connection connection, List<Declaration> declarations) throws SQLException {
        return new Audit(
                ExecutedDecision.read(connection), numbers(connection, """
                        SELECT r.job_name, s.version FROM job_state s JOIN job_run r ON r.id = s.job_run_id
                        """), numbers(connection, """
                        SELECT CONCAT(r.job_name, ' ', e.reason), SUM(e.occurrences)
                        FROM event e JOIN job_run r ON r.id = e.job_run_id
                        GROUP BY CONCAT(r.job_name, ' ', e.reason)
                        """), declarations);
    }

    private static Map<String, Long> numbers(Connection connection, String sql) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
            }
        }
        return numbers;
    }

    /**
     * What must hold at every moment, right after a kill too; empty where all of it does. Each line names a job.
     *
     * <ul>
     *   <li>No decision is lost: whatever reached Flink was decided and on record before, and asks for exactly that.
     *   <li>None is applied twice: of the requests that belong to one decision, at most one has changed what Flink has declared. Repeating a
     *       request whose answer was lost is no harm, as it changes nothing.
     *   <li>None is an orphan: only the latest decision of a job is still open, the others say how they ended, and say it truly.
     *   <li>None is on record twice, and decision, outcome and event were written together.
     * </ul>
     */
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        Map<ExecutedDecision, Integer> changes = new HashMap<>();
        for (Declaration declaration : declarations) {
            Optional<ExecutedDecision> decision = decisionAt(declaration.job(), declaration.at());
            if (decision.isEmpty()) {
                violations.add("lost: nothing on record for " + declaration);
            } else {
                compare(declaration, decision.get(), violations);
                changes.merge(decision.get(), declaration.changes() ? 1 : 0, Integer::sum);
            }
        }
        Map<String, ExecutedDecision> previous = new TreeMap<>();
        for (ExecutedDecision decision : decisions) {
            compare(decision, changes.getOrDefault(decision, 0), violations);
            Optional.ofNullable(previous.put(decision.job(), decision))
                    .ifPresent(earlier -> compare(earlier, decision, violations));
        }
        previous.keySet().forEach(job -> compareEvents(job, violations));
        return violations;
    }

    /**
     * What must hold besides when nothing is left to do: nothing is open, and Flink has what was decided last, unless the job has ended. Where that was
     * refused while things went wrong, and nothing was left to decide afterwards, Flink has what it had before.
     *
     * @param calm from when on nothing went wrong
     */
    public List<String> violationsAtRest(Instant calm) {
        List<String> violations = violations();
        Map<String, Map<String, Integer>> declared = new HashMap<>();
        declarations.forEach(d -> declared.put(d.job(), d.applied() ? d.after() : d.before()));
        Map<String, ExecutedDecision> latest = new TreeMap<>();
        decisions.forEach(decision -> latest.put(decision.job(), decision));
        latest.forEach((job, decision) -> {
            if (decision.phase().equals(Optional.of(Phase.JOB_ENDED))) {
                return;
            }
            boolean refused = decision.phase().equals(Optional.of(Phase.FAILED))
                    && decision.decidedAt().isBefore(calm);
            if (!refused && !decision.phase().equals(Optional.of(Phase.RUNNING))) {
                violations.add("unfinished: " + decision);
            }
            Map<String, Integer> present = declared.getOrDefault(job, refused ? decision.from() : Map.of());
            if (!present.entrySet().containsAll((refused ? decision.from() : decision.to()).entrySet())) {
                violations.add("Flink has " + present + " declared, after " + decision);
            }
        });
        return violations;
    }

    /** The latest decision of a job that was taken by then. */
    private Optional<ExecutedDecision> decisionAt(String job, Instant at) {
        return decisions.stream()
                .filter(d -> d.job().equals(job) && !d.decidedAt().isAfter(at))
                .reduce((earlier, later) -> later);
    }

    private static void compare(Declaration declaration, ExecutedDecision decision, List<String> violations) {
        Map<String, Integer> decided = new HashMap<>(declaration.before());
        decided.putAll(decision.to());
        if (!decided.equals(declaration.after())) {
            violations.add("not what was decided: " + declaration + ", " + decision);
        }
        boolean fromThere =
                declaration.before().entrySet().containsAll(decision.from().entrySet());
        if (declaration.changes() && !fromThere) {
            violations.add("decided from something else than what held: " + declaration + ", " + decision);
        }
    }

    private static void compare(ExecutedDecision decision, int changes, List<String> violations) {
        if (decision.to().isEmpty()) {
            violations.add("without a vertex: " + decision);
        }
        if (changes > 1) {
            violations.add("applied " + changes + " times: " + decision);
        }
        if (decision.phase().isEmpty() || !fits(decision.phase().get(), changes)) {
            violations.add("not how it went, Flink was changed " + changes + " times by " + decision);
        }
    }

    private static boolean fits(Phase phase, int changes) {
        return switch (phase) {
            case REQUESTED, SUPERSEDED, JOB_ENDED -> true;
            case ACCEPTED, RUNNING, NOT_REACHED -> changes == 1;
            case FAILED -> changes == 0;
        };
    }

    private static void compare(ExecutedDecision earlier, ExecutedDecision later, List<String> violations) {
        if (earlier.isOpen()) {
            violations.add("orphan: " + earlier + ", before " + later);
        }
        if (!earlier.decidedAt().isBefore(later.decidedAt())) {
            violations.add("twice on record, or out of order: " + earlier + ", " + later);
        }
    }

    private void compareEvents(String job, List<String> violations) {
        List<ExecutedDecision> ofJob =
                decisions.stream().filter(d -> d.job().equals(job)).toList();
        long completed = ofJob.stream()
                .filter(d -> d.phase().equals(Optional.of(Phase.RUNNING)))
                .count();
        compareEvents(job, "ScalingReport", ofJob.size(), violations);
        compareEvents(job, "RescaleCompleted", completed, violations);
    }

    private void compareEvents(String job, String reason, long expected, List<String> violations) {
        long told = events.getOrDefault(job + " " + reason, 0L);
        if (told != expected) {
            violations.add(job + ": " + reason + " was told " + told + " times, " + expected + " times it was so");
        }
    }
}
