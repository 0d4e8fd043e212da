package io.flinkyarn.autoscaler.yarn;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Answers {@code /jobs/overview} as a JobManager does that runs one job, or with a page where JSON is expected. */
final class StandInFlink implements AutoCloseable {

    private static final String PAGE = "<html><head><title>Please log in</title></head></html>";

    private final HttpServer server;
    private final String overview;
    private volatile boolean page;

    StandInFlink(String jobId, String jobName) throws IOException {
        overview = """
                {"jobs":[{"jid":"%s","name":"%s","start-time":1795354941853,"end-time":-1,"duration":62763,\
                "state":"RUNNING","last-modification":1795354950110,"tasks":{"running":3,"total":3}}]}""".formatted(jobId, jobName);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jobs/overview", exchange -> {
            byte[] bytes = (page ? PAGE : overview).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", page ? "text/html" : "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on a person's page comes, with status 200. */
    void becomesAPage() {
        page = true;
    }

    void becomesFlinkAgain() {
        page = false;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
