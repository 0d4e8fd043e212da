package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.JobListFetcher.End;
import io.flinkyarn.autoscaler.control.JobListFetcher.ListedApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final RunningApplication FIRST = Applications.running(1, "autoscale");
    private static final RunningApplication SECOND = Applications.running(2, "autoscale");
    private static final Fate KILLED = new Fate.Ended("KILLED", START);

    private final FakeYarn yarn = new FakeYarn();
    private Departures departures = departures(Set.of());
    private Instant now = START;

    /** @param known to an earlier process */
    private Departures departures(Set<String> known) {
        return new Departures(yarn, known, INTERVAL, () -> 0L);
    }

    /** The next listing, with these applications. */
    private void list(RunningApplication... applications) throws InterruptedException {
        departures.listed(List.of(applications), now);
        now = now.plus(INTERVAL);
    }

    private void list(Duration time, RunningApplication... applications) throws InterruptedException {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            list(applications);
        }
    }

    @Test
    void yarnIsAskedOnceOfAnApplicationThatIsNoLongerListed() throws Exception {
        yarn.tells(FIRST, KILLED);
        list(FIRST, SECOND);
        assertThat(yarn.reports()).isEmpty();
        list(Duration.ofMinutes(10), SECOND);
        assertThat(yarn.reports()).containsExactly(FIRST.id());
        assertThat(departures.ended())
                .containsExactly(new End(FIRST.id(), Optional.empty(), "YARN: KILLED", Optional.of(START)));
    }

    @Test
    void anEndIsToldForAnHour() throws Exception {
        yarn.tells(FIRST, KILLED);
        list(FIRST);
        list(Duration.ofMinutes(60));
        assertThat(departures.ended()).hasSize(1);
        list(Duration.ofMinutes(2));
        assertThat(departures.ended()).isEmpty();
        assertThat(yarn.reports()).hasSize(1);
    }

    @Test
    void anApplicationThatRunsWithOtherTagsHasNotEndedAndIsAskedAboutOnceAnHour() throws Exception {
        yarn.tells(FIRST, new Fate.Alive(true));
        list(FIRST);
        list(Duration.ofMinutes(59));
        assertThat(yarn.reports()).hasSize(1);
        assertThat(departures.ended()).isEmpty();
        assertThat(departures.alive()).containsExactly(FIRST.listed(false));
        yarn.tells(FIRST, KILLED);
        list(Duration.ofMinutes(2));
        assertThat(departures.ended()).hasSize(1);
        assertThat(departures.alive()).isEmpty();
    }

    @Test
    void anApplicationBetweenTwoAttemptsIsAskedAboutAgainSoonAndIsWelcomeBack() throws Exception {
        yarn.tells(FIRST, new Fate.Alive(false));
        list(FIRST);
        list(Duration.ofMinutes(2));
        assertThat(yarn.reports()).hasSizeBetween(2, 5);
        list(FIRST);
        assertThat(departures.alive()).isEmpty();
        int asked = yarn.reports().size();
        list(Duration.ofMinutes(10), FIRST);
        assertThat(yarn.reports()).hasSize(asked);
    }

    @Test
    void whatYarnDoesNotKnowIsNeitherEndedNorAskedAboutAgain() throws Exception {
        yarn.tells(FIRST, new Fate.Unknown());
        list(FIRST);
        list(Duration.ofMinutes(10));
        assertThat(yarn.reports()).hasSize(1);
        assertThat(departures.ended()).isEmpty();
        assertThat(departures.alive()).isEmpty();
    }

    @Test
    void aReportThatFailsIsAskedForMoreAndMoreRarelyAndEndsTheQuestionsOfThisListing() throws Exception {
        yarn.givesNoReports(true);
        list(FIRST, SECOND);
        list();
        assertThat(yarn.reports()).hasSize(1);
        assertThat(departures.alive()).containsExactlyInAnyOrder(FIRST.listed(false), SECOND.listed(false));
        list(Duration.ofHours(1));
        assertThat(yarn.reports()).hasSizeBetween(20, 40);
        yarn.givesNoReports(false);
        yarn.tells(FIRST, KILLED);
        yarn.tells(SECOND, KILLED);
        list(Duration.ofMinutes(6));
        assertThat(departures.ended()).hasSize(2);
    }

    @Test
    void whenManyAreGoneAtOnceTheQuestionsAreSpreadOverListings() throws Exception {
        RunningApplication[] many =
                IntStream.rangeClosed(1, 50).mapToObj(Applications::running).toArray(RunningApplication[]::new);
        Arrays.stream(many).forEach(application -> yarn.tells(application, KILLED));
        list(many);
        list();
        assertThat(yarn.reports()).hasSize(20);
        list();
        list();
        assertThat(departures.ended()).hasSize(50);
    }

    @Test
    void yarnIsAskedOnceWhatBecameOfThoseThatWereSeenBeforeAStartAndAreNotListed() throws Exception {
        departures = departures(Set.of(FIRST.id(), SECOND.id()));
        yarn.tells(SECOND, KILLED);
        list(Duration.ofMinutes(10), FIRST);
        assertThat(yarn.reports()).containsExactly(SECOND.id());
        assertThat(departures.ended())
                .containsExactly(new End(SECOND.id(), Optional.empty(), "YARN: KILLED", Optional.of(START)));
    }

    @Test
    void oneThatWasSeenBeforeAStartAndRunsWithOtherTagsHasNotEnded() throws Exception {
        departures = departures(Set.of(FIRST.id()));
        yarn.tells(FIRST, new Fate.Alive(true));
        list(Duration.ofMinutes(50));
        assertThat(yarn.reports()).hasSize(1);
        assertThat(departures.ended()).isEmpty();
        assertThat(departures.alive()).containsExactly(new ListedApplication(FIRST.id(), Optional.empty(), false));
    }
}
