package io.flinkyarn.autoscaler.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.control.Archive;
import io.flinkyarn.autoscaler.control.Archive.Row;
import io.flinkyarn.autoscaler.control.Archive.Today;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.ClusterView;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The JSON API, version 1: docs/api.md tells every answer. What holds now it reads from the {@link Board}, what has been from the {@link Archive}; what is
 * to be, it hands to the {@link Orders}.
 * Any thread may ask.
 */
public final class Api {

    private static final int MOST_JOBS = 5000;
    private static final int MOST_ROWS = 500;
    private static final int MOST_DAYS = 90;
    private static final int LATEST = 50;

    /** Kept for other viewers. */
    private static final int MOST_LISTS = 10;

    private static final int MOST_ANSWERS = 200;
    /** The largest answer is made once for all viewers. */
    private static final Duration GOOD_OF_LIST = Duration.ofSeconds(1);

    private static final Duration GOOD = Duration.ofSeconds(2);
    private static final Duration GOOD_OF_ALL_JOBS = Duration.ofSeconds(30);

    private final Board board;
    private final Optional<Archive> archive;
    private final Orders orders;
    private final Clock clock;
    private final Cached<String, Answer> lists;
    private final Cached<String, ObjectNode> answers;
    private final Cached<String, ObjectNode> histories;
    private final Cached<LocalDate, Map<JobKey, Today>> todays;

    /** @param archive empty where there is no database */
    public Api(Board board, Optional<Archive> archive, Orders orders, Clock clock) {
        this.board = board;
        this.archive = archive;
        this.orders = orders;
        this.clock = clock;
        this.lists = new Cached<>(GOOD_OF_LIST, MOST_LISTS, clock);
        this.answers = new Cached<>(GOOD, MOST_ANSWERS, clock);
        this.histories = new Cached<>(GOOD_OF_ALL_JOBS, MOST_ANSWERS, clock);
        this.todays = new Cached<>(GOOD_OF_ALL_JOBS, MOST_ANSWERS, clock);
    }

    /** @param path behind the version */
    Answer answer(Request request, List<String> path) {
        try {
            if (request.method().equals("POST")) {
                Answer answer = orders.take(request, path);
                // Whoever has ordered something wants to see it.
                lists.clear();
                return answer;
            }
            if (path.equals(List.of("jobs"))) {
                return lists.get("jobs " + request.query(), () -> dated(jobs(request)));
            }
            Optional<ObjectNode> found = read(request, path);
            return found.map(this::dated)
                    .orElseGet(() -> Answer.problem(
                            Answer.NOT_FOUND,
                            "there is no '" + String.join("/", path) + "'; docs/api.md says what there is"));
        } catch (StoreException e) {
            return Answer.problem(Answer.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Answer dated(ObjectNode body) {
        return Answer.json(body, clock.instant().toString());
    }

    private Optional<ObjectNode> read(Request request, List<String> path) throws StoreException {
        if (path.equals(List.of("clusters"))) {
            return Optional.of(clusters());
        }
        if (path.equals(List.of("orders"))) {
            return Optional.of(orders.all());
        }
        if (path.equals(List.of("history"))) {
            int days = request.number("days", 7, MOST_DAYS);
            return Optional.of(histories.get("history " + days, () -> history(days)));
        }
        if (path.size() < 4 || !path.get(0).equals("jobs") || path.stream().anyMatch(String::isBlank)) {
            return Optional.empty();
        }
        JobKey job = new JobKey(path.get(1), path.get(2), path.get(3));
        List<String> rest = path.subList(4, path.size());
        if (rest.isEmpty()) {
            Optional<Map<JobKey, Today>> today = today();
            return board.job(job).map(view -> ordered(view, JobJson.whole(view, of(job, today))));
        }
        return archive.isEmpty() ? Optional.empty() : past(request, job, rest, archive.get());
    }

    private ObjectNode clusters() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode clusters = body.putArray("clusters");
        for (ClusterView view : board.clusters()) {
            ObjectNode cluster = clusters.addObject()
                    .put("cluster", view.cluster())
                    .put("standing", view.standing().name())
                    .put("since", view.since().toString())
                    .put("jobs", view.jobs())
                    .put("applications", view.applications().size())
                    .put("listedAt", view.listedAt().map(Instant::toString).orElse(null));
            ArrayNode problems = cluster.putArray("problems");
            view.problems()
                    .forEach(problem -> problems.addObject()
                            .put("subject", problem.subject())
                            .put("message", problem.message()));
        }
        return body;
    }

    private ObjectNode jobs(Request request) throws StoreException {
        int limit = request.number("limit", 1000, MOST_JOBS);
        String after = request.query().getOrDefault("after", "");
        Optional<Map<JobKey, Today>> today = today();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode jobs = body.putArray("jobs");
        String last = "";
        boolean started = after.isEmpty();
        for (JobView view : board.jobs()) {
            String id = JobJson.id(view.job().key());
            if (!started) {
                // The job itself may have gone meanwhile.
                started = id.compareTo(after) >= 0;
                if (!started || id.equals(after)) {
                    continue;
                }
            }
            if (jobs.size() == limit) {
                return body.put("next", last);
            }
            jobs.add(ordered(view, JobJson.line(view, of(view.job().key(), today))));
            last = id;
        }
        return body.putNull("next");
    }

    private ObjectNode ordered(JobView view, ObjectNode node) {
        orders.tell(view.job(), node);
        return node;
    }

    /** Empty where the database does not answer: what holds now is shown all the same. */
    private Optional<Map<JobKey, Today>> today() {
        LocalDate day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        try {
            return archive.isEmpty()
                    ? Optional.empty()
                    : Optional.of(todays.get(day, () -> archive.get().today(day)));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private static Optional<Today> of(JobKey job, Optional<Map<JobKey, Today>> today) {
        return today.map(all -> all.getOrDefault(job, Today.NOTHING));
    }

    private Optional<ObjectNode> past(Request request, JobKey job, List<String> what, Archive from)
            throws StoreException {
        String key = job + " " + what + " " + request.query();
        if (what.equals(List.of("decisions"))) {
            return Optional.of(answers.get(key, () -> decisions(request, job, from)));
        }
        if (what.equals(List.of("events"))) {
            int limit = request.number("limit", 50, MOST_ROWS);
            return Optional.of(answers.get(key, () -> events(from.events(job, limit))));
        }
        if (what.equals(List.of("metrics"))) {
            MetricsQuestion question = MetricsQuestion.of(request, clock.instant());
            return Optional.of(answers.get(key, () -> question.answer(job, from)));
        }
        if (what.size() == 2 && what.get(0).equals("decisions")) {
            Optional<Row> row = from.decision(job, number(what.get(1)));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            ObjectNode decision = RowJson.decision(row.get());
            ArrayNode verdicts = decision.putArray("verdicts");
            from.verdicts(number(what.get(1))).forEach(verdict -> verdicts.add(RowJson.verdict(verdict)));
            return Optional.of(decision);
        }
        return Optional.empty();
    }

    private static ObjectNode decisions(Request request, JobKey job, Archive from) throws StoreException {
        int limit = request.number("limit", 25, MOST_ROWS);
        OptionalLong after = request.query().containsKey("after")
                ? OptionalLong.of(number(request.query().get("after")))
                : OptionalLong.empty();
        List<Row> rows = from.decisions(job, after, limit + 1);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode decisions = body.putArray("decisions");
        rows.stream().limit(limit).forEach(row -> decisions.add(RowJson.decision(row)));
        return rows.size() > limit
                ? body.put(
                        "next", String.valueOf(rows.get(limit - 1).number("id").orElseThrow()))
                : body.putNull("next");
    }

    private static ObjectNode events(List<Row> rows) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode events = body.putArray("events");
        rows.forEach(row -> events.add(RowJson.of(row)));
        return body.putNull("next");
    }

    private ObjectNode history(int days) throws StoreException {
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        return archive.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : new HistoryAnswer(today, days, LATEST).of(archive.get());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number of a decision", e);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no instant: expected one like 2026-03-02T12:00:00Z", e);
        }
    }
}
