package io.flinkyarn.autoscaler.notify;

import static io.flinkyarn.autoscaler.notify.Notices.NOON;
import static io.flinkyarn.autoscaler.notify.Notices.notice;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.testing.LogLines;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final SettableClock clock = new SettableClock(NOON);
    private final List<String> sent = new ArrayList<>();
    private final List<Long> lost = new ArrayList<>();
    private boolean away;
    private int tries;
    private final Outbox outbox = new Outbox("ops", this::send, clock);

    private void send(Notice notice) throws IOException {
        tries++;
        if (away) {
            throw new IOException("chat.example.com does not answer");
        }
        sent.add(notice.event().message());
        lost.add(notice.lost());
    }

    @Test
    void whatWaitsIsDeliveredInItsOrder() {
        outbox.put(notice("one"));
        outbox.put(notice("two"));

        outbox.empty();

        assertThat(sent).containsExactly("one", "two");
        assertThat(outbox.figures()).isEqualTo(new Notifier.Figures("ops", 0, 2, 0));
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLaterUntilItIsTaken() {
        away = true;
        outbox.put(notice("one"));
        for (int second = 0; second < 40; second++) {
            outbox.empty();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(tries).as("at 0, 5, 15 and 35 s").isEqualTo(4);

        away = false;
        clock.advance(Duration.ofMinutes(5));
        outbox.empty();
        assertThat(sent).containsExactly("one");
    }

    @Test
    void aReceiverThatIsAwayIsInTheLogOnceAndOnceWhenItIsBack() {
        away = true;
        outbox.put(notice("one"));
        try (LogLines log = new LogLines(Outbox.class)) {
            for (int minute = 0; minute < 20; minute++) {
                outbox.empty();
                clock.advance(Duration.ofMinutes(1));
            }
            away = false;
            clock.advance(Duration.ofMinutes(5));
            outbox.empty();

            assertThat(log.lines().stream().filter(line -> !line.startsWith("DEBUG")))
                    .containsExactly(
                            "WARN receiver ops does not take a message: chat.example.com does not answer; this is tried"
                                    + " again for 60 min, then the message is given up",
                            "INFO receiver ops takes messages again");
        }
    }

    @Test
    void aFullBoxGivesUpTheOldestAndSaysHowMany() {
        for (int i = 0; i < Outbox.CAPACITY + 3; i++) {
            outbox.put(notice("number " + i));
        }

        outbox.empty();

        assertThat(sent).hasSize(Outbox.CAPACITY).startsWith("number 3");
        assertThat(lost.get(0)).isEqualTo(3);
        assertThat(lost.get(1)).as("it is said once").isZero();
    }

    @Test
    void whatCouldNotBeDeliveredForAnHourIsGivenUp() {
        away = true;
        outbox.put(notice("old"));
        outbox.empty();
        clock.advance(Outbox.PATIENCE.plusSeconds(1));
        away = false;
        outbox.empty();
        assertThat(sent).isEmpty();

        outbox.put(new Notice(notice("").job(), Notices.failure("new"), clock.instant(), 0));
        outbox.empty();

        assertThat(sent).containsExactly("new");
        assertThat(lost).containsExactly(1L);
    }
}
