package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.config.Receiver;
import io.flinkyarn.autoscaler.config.Receiver.MailOptions;
import io.flinkyarn.autoscaler.config.Receiver.MailSecurity;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.notify.MailServer;
import io.flinkyarn.autoscaler.notify.Notifier;
import io.flinkyarn.autoscaler.notify.Selection;
import io.flinkyarn.autoscaler.notify.Template;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Who is told about events: part of the object graph of the {@link Daemon}. */
final class Receivers {

    private final Map<String, String> environment;
    private final Notifier notifier;

    private Receivers(Map<String, String> environment, Notifier notifier) {
        this.environment = environment;
        this.notifier = notifier;
    }

    /** @throws Refusal if a secret cannot be read, or is no address */
    static Notifier open(List<Receiver> receivers, Map<String, String> environment, Board board, Clock clock)
            throws Refusal {
        Receivers opened = new Receivers(environment, new Notifier(board, clock));
        for (Receiver receiver : receivers) {
            opened.add(receiver);
        }
        return opened.notifier;
    }

    private void add(Receiver receiver) throws Refusal {
        Selection selection = new Selection(
                receiver.clusters(),
                receiver.policies(),
                named("event-types", receiver, receiver.eventTypes(), EventType.values(), EventType::text),
                named("event-reasons", receiver, receiver.eventReasons(), EventReason.values(), EventReason::text));
        if (receiver.mail().isPresent()) {
            notifier.byMail(receiver.name(), selection, server(receiver.mail().get()));
            return;
        }
        notifier.byWebhook(
                receiver.name(),
                selection,
                template(receiver.kind()),
                address(receiver),
                Passwords.find(receiver.secret(), environment));
    }

    private URI address(Receiver receiver) throws Refusal {
        Password place = receiver.url();
        Optional<String> text = Passwords.find(place, environment);
        if (text.isEmpty()) {
            throw refusal(
                    receiver,
                    "the environment variable " + place.variable().orElse("") + " is not set: expected the"
                            + " address of the webhook in it, or in a file that url-file names");
        }
        try {
            URI address = URI.create(text.get().strip());
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Its message has the address in it, which is a secret.
        }
        throw refusal(
                receiver,
                "what url-file or url-env-variable points at is no address: expected one such as"
                        + " https://chat.example.com/hook");
    }

    private MailServer server(MailOptions mail) throws Refusal {
        return new MailServer(
                mail.host(),
                mail.port(),
                security(mail.security()),
                mail.user(),
                Passwords.find(mail.password(), environment),
                mail.from(),
                mail.to());
    }

    private static MailServer.Security security(MailSecurity security) {
        return switch (security) {
            case NONE -> MailServer.Security.NONE;
            case STARTTLS -> MailServer.Security.STARTTLS;
            case TLS -> MailServer.Security.TLS;
        };
    }

    private static Template template(Receiver.Kind kind) {
        return switch (kind) {
            case WEBHOOK, MAIL -> Template.JSON;
            case SLACK -> Template.SLACK;
            case DINGTALK -> Template.DINGTALK;
            case FEISHU -> Template.FEISHU;
            case WECOM -> Template.WECOM;
        };
    }

    /** Those of the constants that are named, whatever their case. */
    private static <E> Set<E> named(
            String option, Receiver receiver, Set<String> names, E[] constants, Function<E, String> text)
            throws Refusal {
        Set<E> found = new HashSet<>();
        for (String name : names) {
            found.add(Arrays.stream(constants)
                    .filter(constant -> text.apply(constant).equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> refusal(
                            receiver,
                            option + " = '" + name + "': expected some of "
                                    + Arrays.stream(constants).map(text).toList())));
        }
        return found;
    }

    private static Refusal refusal(Receiver receiver, String why) {
        return new Refusal(Refusal.MISUSED, "receiver " + receiver.name() + ": " + why);
    }
}
