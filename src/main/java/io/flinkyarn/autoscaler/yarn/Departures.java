package io.flinkyarn.autoscaler.yarn;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import io.flinkyarn.autoscaler.control.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applications that were listed, by this process or the one before, and no longer are. The ResourceManager is asked once what became of each:
 * that it is not listed says nothing, its tags may have changed, or it waits for its next attempt. Called by one thread at a time.
 */
final class Departures {

    private static final Logger log = LoggerFactory.getLogger(Departures.class);

    /** An end is told in every listing for so long. */
    private static final Duration TOLD = Duration.ofHours(1);

    /** How rarely one is asked about that runs, but is no longer ours: it will end some day. */
    private static final Duration OF_OTHERS = Duration.ofHours(1);

    /** Reports per listing: when a whole queue is killed, the others come with the next ones. */
    private static final int AT_ONCE = 20;

    private final ApplicationSource source;
    private final Duration pause;
    private final RandomGenerator random;

    private Map<String, ListedApplication> present;
    private final Map<String, Question> open = new LinkedHashMap<>();
    private final Map<String, Told> ended = new LinkedHashMap<>();

    /**
     * What is still to be asked about an application.
     *
     * @param application as it was listed last; without a description if that was by an earlier process
     * @param unanswered since when it has brought no end; empty before the first time
     */
    private record Question(ListedApplication application, Optional<Outage> unanswered, Instant due) {}

    private record Told(End end, Instant since) {}

    /**
     * @param known applications that an earlier process has listed, and not seen ending
     * @param pause before a question is repeated for the first time
     */
    Departures(ApplicationSource source, Set<String> known, Duration pause, RandomGenerator random) {
        this.present = known.stream()
                .collect(toUnmodifiableMap(
                        Function.identity(), id -> new ListedApplication(id, Optional.empty(), false)));
        this.source = source;
        this.pause = pause;
        this.random = random;
    }

    /** Takes notice of a complete listing, and asks about those that are missing from it. */
    void listed(List<RunningApplication> applications, Instant now) throws InterruptedException {
        Map<String, ListedApplication> before = present;
        present = applications.stream()
                .map(application -> application.listed(false))
                .collect(toUnmodifiableMap(ListedApplication::id, Function.identity()));
        before.values().stream()
                .filter(application -> !present.containsKey(application.id()))
                .forEach(gone -> open.put(gone.id(), new Question(gone, Optional.empty(), now)));
        open.keySet().removeAll(present.keySet());
        ended.keySet().removeAll(present.keySet());
        ended.values().removeIf(told -> now.isAfter(told.since().plus(TOLD)));
        List<Question> due = open.values().stream()
                .filter(question -> !now.isBefore(question.due()))
                .limit(AT_ONCE)
                .toList();
        for (Question question : due) {
            if (!ask(question, now)) {
                return;
            }
        }
    }

    /** Those that ended within the last hour. */
    List<End> ended() {
        return ended.values().stream().map(Told::end).toList();
    }

    /** Those that are not listed, but have not ended as far as is known. */
    List<ListedApplication> alive() {
        return open.values().stream().map(Question::application).toList();
    }

    /** Whether the ResourceManager has answered. */
    private boolean ask(Question question, Instant now) throws InterruptedException {
        String id = question.application().id();
        try {
            Fate fate = source.fate(id);
            if (fate instanceof Fate.Ended end) {
                open.remove(id);
                ended.put(
                        id, new Told(new End(id, Optional.empty(), "YARN: " + end.how(), Optional.of(end.at())), now));
            } else if (fate instanceof Fate.Alive alive) {
                if (alive.running()) {
                    open.put(id, new Question(question.application(), Optional.empty(), now.plus(OF_OTHERS)));
                } else {
                    askAgain(question, now);
                }
            } else {
                open.remove(id);
            }
            return true;
        } catch (UnreachableException e) {
            log.debug("what became of {} is not known yet: {}", id, e.getMessage());
            askAgain(question, now);
            return false;
        }
    }

    private void askAgain(Question question, Instant now) {
        double chance = random.nextDouble();
        Outage next = question.unanswered()
                .map(outage -> outage.again(now, pause, chance))
                .orElseGet(() -> Outage.begin(now, pause, chance));
        open.put(question.application().id(), new Question(question.application(), Optional.of(next), next.due()));
    }
}
