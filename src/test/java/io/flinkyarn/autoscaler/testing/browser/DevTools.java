package io.flinkyarn.autoscaler.testing.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The DevTools protocol of one page: commands with their answers, and events. One thread may send; events come from another one. */
final class DevTools {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    /** What the page tells by itself. */
    record Event(String method, JsonNode params) {}

    private final AtomicInteger ids = new AtomicInteger();
    private final Incoming incoming;
    private final WebSocket socket;

    private DevTools(Incoming incoming, WebSocket socket) {
        this.incoming = incoming;
        this.socket = socket;
    }

    static DevTools connect(URI address) throws IOException {
        Incoming incoming = new Incoming();
        return new DevTools(
                incoming, await(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, incoming)));
    }

    List<Event> events(String method) {
        return incoming.events.stream()
                .filter(event -> event.method().equals(method))
                .toList();
    }

    void forgetEvents() {
        incoming.events.clear();
    }

    JsonNode send(String method) throws IOException {
        return send(method, Map.of());
    }

    JsonNode send(String method, Map<String, ?> params) throws IOException {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        incoming.pending.put(id, answer);
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(params));
        await(socket.sendText(command.toString(), true));
        JsonNode body = await(answer);
        if (body.has("error")) {
            throw new IOException(method + ": " + body.get("error"));
        }
        return body.path("result");
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Chromium does not answer", e);
        }
    }

    /** What comes from the page. The socket calls it, one call at a time. */
    private static final class Incoming implements WebSocket.Listener {

        private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                take(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void take(String text) {
            try {
                JsonNode message = JSON.readTree(text);
                if (message.has("id")) {
                    CompletableFuture<JsonNode> waiting =
                            pending.remove(message.get("id").asInt());
                    if (waiting != null) {
                        waiting.complete(message);
                    }
                } else {
                    events.add(new Event(message.path("method").asText(), message.path("params")));
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            fail(error);
        }

        private void fail(Throwable error) {
            pending.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }
}
