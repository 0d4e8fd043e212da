package io.flinkyarn.autoscaler.notify;

import static io.flinkyarn.autoscaler.notify.Notices.NOON;
import static io.flinkyarn.autoscaler.notify.Notices.notice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WebhookTest {

    private static final String PATH = "/hook/s3cr3t";
    private ChatServer chat;

    @BeforeEach
    void open() throws IOException {
        chat = new ChatServer();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private Webhook webhook(Template template, Optional<String> secret) {
        return new Webhook(Webhook.client(), template, chat.address(PATH), secret, new SettableClock(NOON));
    }

    private JsonNode send(Template template, String answer) throws Exception {
        chat.answer = answer;
        webhook(template, Optional.empty()).send(notice("Flink lacks <2> slots"));
        return chat.bodies.get(0);
    }

    @Test
    void aWebhookOfYourOwnGetsAllThatIsKnown() throws Exception {
        JsonNode body = send(Template.JSON, "");

        assertThat(body.path("reason").asText()).isEqualTo("RescaleFailed");
        assertThat(body.path("type").asText()).isEqualTo("Warning");
        assertThat(body.path("message").asText()).isEqualTo("Flink lacks <2> slots");
        assertThat(body.path("cluster").asText()).isEqualTo("test");
        assertThat(body.path("jobName").asText()).isEqualTo("job-1");
        assertThat(body.path("at").asText()).isEqualTo("2026-05-04T12:00:00Z");
    }

    @Test
    void eachChatGetsItsOwnForm() throws Exception {
        assertThat(send(Template.SLACK, "ok").path("text").asText())
                .startsWith("Warning: RescaleFailed, job job-1\n")
                .contains("&lt;2&gt;");
        chat.bodies.clear();
        JsonNode dingTalk = send(Template.DINGTALK, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        assertThat(dingTalk.path("msgtype").asText()).isEqualTo("text");
        assertThat(dingTalk.at("/text/content").asText()).contains("Flink lacks <2> slots");
        chat.bodies.clear();
        JsonNode feishu = send(Template.FEISHU, "{\"code\":0}");
        assertThat(feishu.path("msg_type").asText()).isEqualTo("text");
        assertThat(feishu.at("/content/text").asText()).contains("Flink lacks <2> slots");
        chat.bodies.clear();
        assertThat(send(Template.WECOM, "{\"errcode\":0}").at("/text/content").asText())
                .contains("cluster test, application application_1_0001");
    }

    @Test
    void aChatThatRefusesWithStatus200HasNotTakenIt() {
        chat.answer = "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}";

        assertThatThrownBy(() -> webhook(Template.DINGTALK, Optional.empty()).send(notice("x")))
                .isInstanceOf(IOException.class)
                .hasMessage("127.0.0.1 refused it: errcode 310000, keywords not in content");
    }

    @Test
    void aFailureDoesNotTellTheAddress() {
        chat.status = 404;
        assertThatThrownBy(() -> webhook(Template.SLACK, Optional.empty()).send(notice("x")))
                .hasMessageContaining("status 404")
                .hasMessageNotContaining("s3cr3t");

        chat.close();
        assertThatThrownBy(() -> webhook(Template.SLACK, Optional.empty()).send(notice("x")))
                .hasMessageContaining("does not answer")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aRobotThatWantsASignatureGetsOne() throws Exception {
        chat.answer = "{\"errcode\":0,\"code\":0}";
        webhook(Template.DINGTALK, Optional.of("SEC1")).send(notice("x"));
        webhook(Template.FEISHU, Optional.of("SEC1")).send(notice("x"));

        assertThat(chat.addresses.get(0).getQuery())
                .isEqualTo("timestamp=" + NOON.toEpochMilli() + "&sign="
                        + Signature.ofDingTalk(NOON.toEpochMilli(), "SEC1"));
        assertThat(chat.bodies.get(1).path("timestamp").asText()).isEqualTo("" + NOON.getEpochSecond());
        assertThat(chat.bodies.get(1).path("sign").asText())
                .isEqualTo(Signature.ofFeishu(NOON.getEpochSecond(), "SEC1"));
    }
}
