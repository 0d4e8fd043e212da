package io.flinkyarn.autoscaler.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** Where the database servers of the tests keep their files. */
final class ServerFiles {

    /** Stays, so that a program is unpacked once and not in every run. */
    static final Path PROGRAMS = Path.of("target", "database-servers").toAbsolutePath();

    /** Named by the process. A server may write until the very end of its JVM, so a later JVM clears it away. */
    static final Path OF_THIS_JVM = ofThisJvm(Path.of("target", "databases").toAbsolutePath());

    private ServerFiles() {}

    private static Path ofThisJvm(Path all) {
        try {
            Files.createDirectories(all);
            try (Stream<Path> earlier = Files.list(all)) {
                for (Path leftover : earlier.filter(ServerFiles::isLeftOver).toList()) {
                    FileUtils.deleteDirectory(leftover.toFile());
                }
            }
            return Files.createDirectories(
                    all.resolve(String.valueOf(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLeftOver(Path directory) {
        long owner = Long.parseLong(directory.getFileName().toString());
        return owner == ProcessHandle.current().pid() || ProcessHandle.of(owner).isEmpty();
    }
}
