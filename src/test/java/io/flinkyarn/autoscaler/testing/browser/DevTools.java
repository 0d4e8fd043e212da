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
final class DevTools implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    /** What the page tells by itself. */
    record Event(String method, JsonNode params) {}

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** Only the thread that the socket calls at a time. */
    private final StringBuilder partial = new StringBuilder();

    private WebSocket socket;

    private DevTools() {}

    static DevTools connect(URI address) throws IOException {
        DevTools tools = new DevTools();
        tools.socket = wait(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, tools));
        return tools;
    }

    List<Event> events(String method) {
        return events.stream().filter(event -> event.method().equals(method)).toList();
    }

    void forgetEvents() {
        events.clear();
    }

    JsonNode send(String method) throws IOException {
        return send(method, Map.of());
    }

    JsonNode send(String method, Map<String, ?> params) throws IOException {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(params));
        wait(socket.sendText(command.toString(), true));
        JsonNode body = wait(answer);
        if (body.has("error")) {
            throw new IOException(method + ": " + body.get("error"));
        }
        return body.path("result");
    }

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
            pending.values().forEach(answer -> answer.completeExceptionally(e));
        }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        pending.values().forEach(answer -> answer.completeExceptionally(error));
    }

    private static <T> T wait(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Chromium does not answer", e);
        }
    }
}
