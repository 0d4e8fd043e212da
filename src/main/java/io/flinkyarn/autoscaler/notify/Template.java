package io.flinkyarn.autoscaler.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flinkyarn.autoscaler.core.event.EventType;
import java.util.Optional;

/** The JSON that a kind of server wants to be sent, and what it answers. */
public enum Template {
    /** All that is known, for whoever writes the server himself. */
    JSON,
    SLACK,
    DINGTALK,
    FEISHU,
    WECOM;

    /** Longest text, in characters: WeCom takes 2,048 bytes, the others more. */
    private static final int LONGEST = 600;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    ObjectNode body(Notice notice) {
        ObjectNode body = MAPPER.createObjectNode();
        switch (this) {
            case JSON -> fill(body, notice);
            case SLACK -> body.put("text", escape(notice.text()));
            case DINGTALK, WECOM ->
                body.put("msgtype", "text").putObject("text").put("content", cut(notice.text()));
            case FEISHU -> body.put("msg_type", "text").putObject("content").put("text", cut(notice.text()));
        }
        return body;
    }

    private static void fill(ObjectNode body, Notice notice) {
        body.put("version", 1)
                .put("at", notice.at().toString())
                .put("type", notice.event().type().text())
                .put("reason", notice.event().reason().text())
                .put("warning", notice.event().type() == EventType.WARNING)
                .put("message", notice.event().message())
                .put("cluster", notice.job().key().cluster())
                .put("applicationId", notice.job().key().applicationId())
                .put("applicationName", notice.applicationName())
                .put("jobId", notice.job().key().jobId())
                .put("jobName", notice.job().jobName())
                .put("lostBefore", notice.lost());
        notice.job()
                .application()
                .ifPresent(application -> body.put("queue", application.queue()).put("user", application.user()));
    }

    /** What the server says against a message that it answers with status 200 all the same; empty where it took it. */
    Optional<String> refusal(String answer) {
        return switch (this) {
            case JSON, SLACK -> Optional.empty();
            case DINGTALK, WECOM -> refusal(answer, "errcode", "errmsg");
            case FEISHU -> refusal(answer, "code", "msg");
        };
    }

    private static Optional<String> refusal(String answer, String code, String message) {
        try {
            JsonNode json = MAPPER.readTree(answer);
            int number = json.path(code).asInt(0);
            return number == 0
                    ? Optional.empty()
                    : Optional.of(
                            code + " " + number + ", " + json.path(message).asText());
        } catch (JsonProcessingException e) {
            return Optional.of("its answer is no JSON");
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
