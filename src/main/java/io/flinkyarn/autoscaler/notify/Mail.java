package io.flinkyarn.autoscaler.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkyarn.autoscaler.notify.MailServer.Security;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Date;
import java.util.Properties;

/** Sends notices by mail, one each. */
final class Mail implements Channel {

    private static final String DEADLINE_MS = "10000";

    private final MailServer server;
    private final Session session;

    Mail(MailServer server) {
        this.server = server;
        this.session = Session.getInstance(properties(server));
    }

    private static Properties properties(MailServer server) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.connectiontimeout", DEADLINE_MS);
        properties.setProperty("mail.smtp.timeout", DEADLINE_MS);
        properties.setProperty("mail.smtp.writetimeout", DEADLINE_MS);
        properties.setProperty(
                "mail.smtp.auth", String.valueOf(server.password().isPresent()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(server.security() == Security.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(server.security() == Security.STARTTLS));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(server.security() == Security.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    @Override
    public void send(Notice notice) throws IOException {
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = message(notice);
            transport.connect(server.user().orElse(null), server.password().orElse(null));
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IOException(
                    "the mail server " + server.host() + ":" + server.port() + " did not take it: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private MimeMessage message(Notice notice) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from()));
        for (String to : server.to()) {
            message.addRecipient(RecipientType.TO, new InternetAddress(to));
        }
        // A line break in the name of a job must not begin another header.
        message.setSubject("[flink-autoscaler] " + notice.title().replaceAll("\\s+", " "), UTF_8.name());
        message.setText(notice.text() + "\n", UTF_8.name());
        message.setSentDate(Date.from(notice.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
