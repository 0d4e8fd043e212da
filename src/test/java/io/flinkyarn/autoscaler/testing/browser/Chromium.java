package io.flinkyarn.autoscaler.testing.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium without a window and with an empty profile. Tests that ask for it where there is none are skipped, and say so: the system property
 * {@code it.chromium} names the one that {@code scripts/chromium.sh} brings; without it, the one on the PATH is taken.
 */
public final class Chromium implements AutoCloseable {

    private static final String PROPERTY = "it.chromium";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** No talk with anybody but the page under test. */
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--remote-debugging-address=127.0.0.1",
            "--remote-debugging-port=0");

    private final Process process;
    private final Path profile;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI door;

    private Chromium(Process process, Path profile, int port) {
        this.process = process;
        this.profile = profile;
        this.door = URI.create("http://127.0.0.1:" + port);
    }

    public static boolean isThere() {
        return executable().isPresent();
    }

    /** Skips the test where there is no Chromium. */
    public static Chromium start() throws IOException, InterruptedException {
        Path executable = executable().orElse(null);
        if (executable == null) {
            return abort("the dashboard is not tested in a browser: the system property " + PROPERTY
                    + " does not name the Chromium that scripts/chromium.sh prints, and there is none on the PATH");
        }
        Path profile = Files.createTempDirectory("chromium");
        Path log = profile.resolve("log");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(executable.toString()),
                                Stream.concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile, "about:blank")))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            return new Chromium(process, profile, port(process, profile.resolve("DevToolsActivePort"), log));
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Optional<Path> executable() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Chromium writes the port that it has chosen into a file. */
    private static int port(Process process, Path file, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() > 1) {
                    return Integer.parseInt(lines.get(0));
                }
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("Chromium does not start; it says: " + Files.readString(log));
    }

    /** A new page of the size of a desk's screen. */
    public Page open() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door.resolve("/json/new?about:blank"))
                .method("PUT", HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode target = new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return new Page(
                DevTools.connect(URI.create(target.get("webSocketDebuggerUrl").asText())));
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        delete(profile);
    }

    /** Its children may still be writing while they die. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
