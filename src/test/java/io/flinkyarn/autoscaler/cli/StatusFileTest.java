package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void theTextComesLastAsTheScriptWaitsForIt() throws IOException {
        Path text = folder.resolve("autoscaler.status");
        Files.createDirectories(StatusFile.json(text).resolve("in the way"));
        file(text).write();
        assertThat(text).doesNotExist();

        Files.delete(StatusFile.json(text).resolve("in the way"));
        Files.delete(StatusFile.json(text));
        file(text).write();
        assertThat(text).content().startsWith("version 1.2.3, pid 4711");
        assertThat(StatusFile.json(text)).content().contains("\"pid\" : 4711");

        file(text).remove();
        assertThat(folder.toFile().list()).doesNotContain("autoscaler.status", "autoscaler.status.json");
    }

    private static StatusFile file(Path text) {
        return new StatusFile(
                text,
                new StatusText("1.2.3", 4711, NOON, ZoneOffset.UTC),
                new Board(),
                new RequestLog(),
                () -> new Records.Standing(Optional.empty(), Optional.empty()),
                Clock.fixed(NOON, ZoneOffset.UTC));
    }
}
