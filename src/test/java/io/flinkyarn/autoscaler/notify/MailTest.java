package io.flinkyarn.autoscaler.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.notify.MailServer.Security;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailTest {

    private static Mail mail(int port, Security security, Optional<String> password) {
        return new Mail(new MailServer(
                "127.0.0.1",
                port,
                security,
                password.map(p -> "autoscaler"),
                password,
                "autoscaler@example.com",
                List.of("ops@example.com", "alice@example.com")));
    }

    @Test
    void aNoticeIsAMailToEachAddress() throws Exception {
        try (SmtpServer server = new SmtpServer()) {
            mail(server.port(), Security.NONE, Optional.empty()).send(Notices.notice("Flink lacks 2 slots"));

            assertThat(server.lines())
                    .contains(
                            "MAIL FROM:<autoscaler@example.com>",
                            "RCPT TO:<ops@example.com>",
                            "RCPT TO:<alice@example.com>",
                            "Subject: [flink-autoscaler] Warning: RescaleFailed, job job-1",
                            "Flink lacks 2 slots");
        }
    }

    @Test
    void itLogsInWhereThereIsAPassword() throws Exception {
        try (SmtpServer server = new SmtpServer()) {
            mail(server.port(), Security.NONE, Optional.of("s3cr3t")).send(Notices.notice("x"));

            assertThat(server.lines()).anyMatch(line -> line.startsWith("AUTH "));
        }
    }

    @Test
    void aServerWithoutTlsGetsNothingWhereTlsIsAskedFor() throws Exception {
        try (SmtpServer server = new SmtpServer()) {
            assertThatThrownBy(() -> mail(server.port(), Security.STARTTLS, Optional.of("s3cr3t"))
                            .send(Notices.notice("x")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("STARTTLS")
                    .hasMessageNotContaining("s3cr3t");
            assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH ") || line.startsWith("MAIL "));
        }
    }
}
