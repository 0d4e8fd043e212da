package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.testing.Page;
import io.flinkyarn.autoscaler.testing.Page.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Configuration that the pages show is configuration that the program takes. */
class ShownOptionsTest {

    /** An example that also sets options of Flink is for the configuration of a job. */
    private static final Pattern OF_FLINK = Pattern.compile("(?m)^(jobmanager|pipeline|yarn|taskmanager)\\..*\n");

    private static final Pattern KEY = Pattern.compile(
            "(?<![\\w./-])(?:--)?((?:job\\.autoscaler|autoscaler\\.standalone)\\.[\\w.-]*\\w)(?![\\w*.]*\\*)");

    /** Code in running text that may be a key without its prefix. */
    private static final Pattern SHORT_KEY = Pattern.compile("`([a-z]+(?:[.-][a-z]+)*\\.[a-z-]+)`");

    @TempDir
    private Path folder;

    /** The text, with its indentation in a list taken away. */
    private static String yaml(Block block) {
        return OF_FLINK.matcher(block.text().stripTrailing().stripIndent() + "\n")
                .replaceAll("");
    }

    @TestFactory
    Stream<DynamicTest> everyExampleOfAConfigurationIsAccepted() {
        return Page.all().stream()
                .flatMap(page -> page.blocks("yaml").stream())
                .map(block -> DynamicTest.dynamicTest(
                        block.toString(),
                        () -> assertThat(GivenPolicies.written(folder, yaml(block))
                                        .problems())
                                .isEmpty()));
    }

    @Test
    void everyKeyThatIsNamedExists() {
        List<String> keys = Page.all().stream()
                .flatMap(page -> Stream.concat(
                        Stream.of(page.prose()), page.blocks().stream().map(Block::text)))
                .flatMap(text -> KEY.matcher(text).results())
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(keys)
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(isKnown(key)).as(key).isTrue());
    }

    @Test
    void everyShortKeyOfThePageAboutDecisionsExists() {
        assertThat(SHORT_KEY
                        .matcher(Page.of(Path.of("docs/how-it-decides.md")).prose())
                        .results())
                .extracting(found -> found.group(1))
                .filteredOn(key -> !key.endsWith(".md") && !key.startsWith("autoscaler."))
                .hasSizeGreaterThan(10)
                .allSatisfy(key ->
                        assertThat(isKnown(JobOptions.PREFIX + key)).as(key).isTrue());
    }

    /** Options, and the groups that they stand in. */
    private static boolean isKnown(String key) {
        return ConfigurationReader.ALL.knows(key)
                || ConfigurationReader.ALL.options().stream()
                        .anyMatch(option -> option.spellings().stream().anyMatch(name -> name.startsWith(key + ".")));
    }
}
