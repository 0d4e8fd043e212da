package io.flinkyarn.autoscaler.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A local server that takes webhooks, and answers what the test says. */
final class ChatServer implements AutoCloseable {

    private final HttpServer server;
    final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    final List<URI> addresses = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String answer = "ok";

    ChatServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void take(HttpExchange exchange) throws IOException {
        addresses.add(exchange.getRequestURI());
        bodies.add(new ObjectMapper().readTree(exchange.getRequestBody()));
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
