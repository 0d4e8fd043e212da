package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom to tell about events, and which. Made by {@link ReceiverReader}; read by the composition root. An empty set asks for nothing.
 *
 * @param eventTypes as they are shown: Normal, Warning
 * @param eventReasons as they are shown, for instance RescaleFailed; whether they exist is for the composition root to see
 * @param url where the address of the webhook is to be found; of no meaning for a mail
 * @param secret where that to sign with is to be found; likewise
 * @param mail empty for a webhook
 */
public record Receiver(
        String name,
        Kind kind,
        Set<String> clusters,
        Set<String> policies,
        Set<String> eventTypes,
        Set<String> eventReasons,
        Password url,
        Password secret,
        Optional<MailOptions> mail) {

    public Receiver {
        clusters = Set.copyOf(clusters);
        policies = Set.copyOf(policies);
        eventTypes = Set.copyOf(eventTypes);
        eventReasons = Set.copyOf(eventReasons);
    }

    /** How a receiver is told. */
    public enum Kind {
        WEBHOOK,
        SLACK,
        DINGTALK,
        FEISHU,
        WECOM,
        MAIL
    }

    /** How a connection to a mail server is protected. */
    public enum MailSecurity {
        NONE,
        STARTTLS,
        TLS
    }

    /** The mail server, and what to write on the envelope. */
    public record MailOptions(
            String host,
            int port,
            MailSecurity security,
            Optional<String> user,
            Password password,
            String from,
            List<String> to) {

        public MailOptions {
            to = List.copyOf(to);
        }
    }
}
