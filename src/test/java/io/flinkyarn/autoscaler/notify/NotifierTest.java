package io.flinkyarn.autoscaler.notify;

import static io.flinkyarn.autoscaler.notify.Notices.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.JobMode;
import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.Policies;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotifierTest {

    private static final Selection ALL = new Selection(Set.of(), Set.of(), Set.of(), Set.of());

    private final ShownBoard board = new ShownBoard();
    private final Notifier notifier = new Notifier(board.board, new SettableClock(NOON));
    private final List<String> told = new ArrayList<>();

    private void receiver(Selection selection) {
        notifier.add("ops", selection, notice -> told.add(notice.event().message()));
    }

    private void happens(JobEvent event) {
        notifier.handle(FakeFlink.context(1), event, NOON);
        notifier.chores().stream().map(Chore::work).forEach(Runnable::run);
    }

    @Test
    void anEventWaitsUntilItsChoreRuns() {
        receiver(ALL);

        notifier.handle(FakeFlink.context(1), Notices.failure("x"), NOON);
        assertThat(told).isEmpty();

        notifier.chores().forEach(chore -> chore.work().run());
        assertThat(told).containsExactly("x");
    }

    @Test
    void anEventThatIsMergedIsToldOnce() {
        receiver(ALL);

        happens(Notices.repeated("first"));
        happens(Notices.repeated("second"));

        assertThat(told).containsExactly("first");
    }

    @Test
    void aReceiverIsToldOnlyWhatItAskedFor() {
        receiver(
                new Selection(Set.of("test"), Set.of(), Set.of(EventType.WARNING), Set.of(EventReason.RESCALE_FAILED)));

        happens(Notices.repeated("a report"));
        happens(Notices.failure("a failure"));

        assertThat(told).containsExactly("a failure");
    }

    @Test
    void aReceiverOfAPolicyIsToldAboutItsJobs() {
        receiver(new Selection(Set.of(), Set.of("payments"), Set.of(), Set.of()));

        happens(Notices.failure("nobody knows its policies yet"));
        show("everyone");
        happens(Notices.failure("of another policy"));
        show("everyone", "payments");
        happens(Notices.failure("of its own"));

        assertThat(told).containsExactly("of its own");
    }

    private void show(String... policies) {
        board.show(new JobView(
                FakeFlink.context(1),
                JobMode.SCALING,
                Optional.of(new PolicyReading.Valid(Policies.quick(true), List.of(), List.of(policies), List.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOON),
                Optional.empty()));
    }
}
