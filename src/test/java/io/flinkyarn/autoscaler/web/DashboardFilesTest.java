package io.flinkyarn.autoscaler.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The files of the dashboard as they lie there: small, complete, and nothing in them that a strict content security policy refuses. */
class DashboardFilesTest {

    private static final Path WEB = Path.of("src", "main", "resources", "web");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:href|src)=\"([^\"#]+)\"|from \"([^\"]+)\"|import\\(\"([^\"]+)\"\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)");

    @Test
    void thePageHasNoScriptAndNoStyleInItself() throws IOException {
        assertThat(Files.readString(WEB.resolve("index.html")))
                .doesNotContainPattern("<style|style=|javascript:|\\son[a-z]+=|<script[^>]*>[^<]");
    }

    @Test
    void noFileNamesAnotherHost() {
        assertThat(files())
                .allSatisfy(file ->
                        assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern(ELSEWHERE));
    }

    @Test
    void whatAFileNamesIsThere() {
        assertThat(files())
                .allSatisfy(file -> assertThat(
                                REFERENCE.matcher(Files.readString(file)).results())
                        .allSatisfy(found -> {
                            String name = Stream.of(found.group(1), found.group(2), found.group(3))
                                    .filter(g -> g != null)
                                    .findFirst()
                                    .orElseThrow();
                            assertThat(file.resolveSibling(name))
                                    .as("named in %s", file)
                                    .exists();
                        }));
    }

    /** Compressed, as a browser gets it; the charts' library comes on top, once a job is opened. */
    @Test
    void itIsLight() {
        int bytes = files().stream().mapToInt(DashboardFilesTest::compressed).sum();
        System.out.printf("The dashboard weighs %.1f kB%n", bytes / 1024.0);
        assertThat(bytes).isLessThan(48 * 1024);
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(WEB)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int compressed(Path file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size();
    }
}
