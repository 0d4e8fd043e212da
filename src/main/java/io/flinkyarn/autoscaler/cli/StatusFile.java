package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RequestLog.Count;
import io.flinkyarn.autoscaler.control.ResourceManagerLoad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what {@code autoscaler.sh status} prints up to date, as text and as JSON. Replaced in one go, so that nobody reads half of it. One thread at a time
 * may write; the daemon removes it after the loop has stopped.
 */
final class StatusFile {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

    private final Path file;
    private final Path json;
    private final StatusText text;
    private final Board board;
    private final RequestLog requests;
    private final Supplier<Records.Standing> records;
    private final Clock clock;
    private final ResourceManagerLoad load = new ResourceManagerLoad();

    /** Whether the last attempt failed: the next failure is no news. */
    private volatile boolean failed;

    StatusFile(
            Path file,
            StatusText text,
            Board board,
            RequestLog requests,
            Supplier<Records.Standing> records,
            Clock clock) {
        this.file = file.toAbsolutePath();
        this.json = json(this.file);
        this.text = text;
        this.board = board;
        this.requests = requests;
        this.records = records;
        this.clock = clock;
    }

    /** The same as JSON lies beside the text. */
    static Path json(Path text) {
        return text.resolveSibling(text.getFileName() + ".json");
    }

    /** A full disk must not stop the daemon: it is said once, and tried again in the next cycle. */
    void write() {
        Instant now = clock.instant();
        List<Count> counts = requests.counts();
        Map<String, Double> perSecond = load.perSecond(counts, now);
        Records.Standing standing = records.get();
        try {
            Files.createDirectories(file.getParent());
            replace(
                    json,
                    Json.text(StatusJson.of(text, standing, board.clusters(), board.jobs(), perSecond, now)) + "\n");
            // Last: who waits for the daemon to be up waits for this one, and may ask for the other at once.
            replace(file, text.of(standing, board.clusters(), board.jobs(), counts, perSecond, now));
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("cannot write the status to {}: {}", file, e.toString());
            }
            failed = true;
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, content, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(json);
        } catch (IOException e) {
            LOG.warn("cannot remove the status {}: {}", file, e.toString());
        }
    }
}
