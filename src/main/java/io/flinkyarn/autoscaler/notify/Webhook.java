package io.flinkyarn.autoscaler.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Posts notices as JSON to an address, which is a secret: whoever knows it can write to the chat. It is in no message and no log. */
final class Webhook implements Channel {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final Template template;
    private final URI address;
    private final Optional<String> secret;
    private final Clock clock;

    /** @param secret to sign with, for DingTalk and Feishu; empty where the robot wants none */
    Webhook(HttpClient http, Template template, URI address, Optional<String> secret, Clock clock) {
        this.http = http;
        this.template = template;
        this.address = address;
        this.secret = secret;
        this.clock = clock;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(DEADLINE)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    @Override
    public void send(Notice notice) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(signedAddress())
                .timeout(DEADLINE)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(signedBody(notice).toString(), UTF_8))
                .build();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new IOException(
                    address.getHost() + " does not answer (" + e.getClass().getSimpleName() + ")", e);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(address.getHost() + " answered with status " + answer.statusCode()
                    + "; check that the address of the webhook is still valid");
        }
        Optional<String> refusal = template.refusal(answer.body());
        if (refusal.isPresent()) {
            throw new IOException(address.getHost() + " refused it: " + refusal.get());
        }
    }

    private URI signedAddress() {
        if (template != Template.DINGTALK || secret.isEmpty()) {
            return address;
        }
        long now = clock.millis();
        String sign = URLEncoder.encode(Signature.ofDingTalk(now, secret.get()), UTF_8);
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + "timestamp=" + now + "&sign=" + sign);
    }

    private ObjectNode signedBody(Notice notice) {
        ObjectNode body = template.body(notice);
        if (template == Template.FEISHU && secret.isPresent()) {
            long now = clock.instant().getEpochSecond();
            body.put("timestamp", String.valueOf(now)).put("sign", Signature.ofFeishu(now, secret.get()));
        }
        return body;
    }
}
