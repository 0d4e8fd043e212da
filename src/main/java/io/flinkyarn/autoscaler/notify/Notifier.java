package io.flinkyarn.autoscaler.notify;

import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.EventMerging;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts events into the outboxes of the receivers that want them; one that is merged with an earlier one is not told again. Made and fitted with receivers by the
 * composition root, which has its {@link #chores} run. Any thread may call it; it never waits.
 */
public final class Notifier implements AutoScalerEventHandler {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Board board;
    private final Clock clock;
    private final HttpClient http = Webhook.client();
    private final List<Receiver> receivers = new ArrayList<>();
    private final EventMerging merging = new EventMerging();

    private record Receiver(Selection selection, Outbox outbox) {}

    /**
     * How a receiver stands.
     *
     * @param waiting messages
     * @param lost messages that were given up
     */
    public record Figures(String receiver, int waiting, long sent, long lost) {}

    /** @param board knows which named policies hold for a job */
    public Notifier(Board board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /** Only before the first event, as is {@link #byMail}. */
    public void byWebhook(
            String receiver, Selection selection, Template template, URI address, Optional<String> secret) {
        add(receiver, selection, new Webhook(http, template, address, secret, clock));
    }

    public void byMail(String receiver, Selection selection, MailServer server) {
        add(receiver, selection, new Mail(server));
    }

    void add(String receiver, Selection selection, Channel channel) {
        receivers.add(new Receiver(selection, new Outbox(receiver, channel, clock)));
    }

    @Override
    public void handle(JobAutoScalerContext job, JobEvent event, Instant now) {
        if (receivers.isEmpty() || merging.isMerged(job, event, now)) {
            return;
        }
        List<String> holding = board.job(job.key())
                .flatMap(view -> view.options().map(options -> options.named()))
                .orElse(List.of());
        receivers.stream()
                .filter(receiver -> receiver.selection().wants(job.key().cluster(), holding, event))
                .forEach(receiver -> receiver.outbox().put(new Notice(job, event, now, 0)));
    }

    /** One for each receiver: a server that hangs delays no other. */
    public List<Chore> chores() {
        return receivers.stream()
                .map(Receiver::outbox)
                .map(outbox -> new Chore("notify-" + outbox.receiver(), PAUSE, outbox::empty))
                .toList();
    }

    public List<Figures> figures() {
        return receivers.stream().map(receiver -> receiver.outbox().figures()).toList();
    }

    /** What still waits is not told: a message about a daemon that is stopping helps nobody. */
    @Override
    public void close() {}
}
