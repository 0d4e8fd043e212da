package io.flinkyarn.autoscaler.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.testing.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/operations.md to the words that the program says. */
class OperationsPageTest {

    private static final Page PAGE = Page.of(Path.of("docs/operations.md"));

    /** First cell of a table of symptoms: {@code | `what is printed` …|}, with {@code …} for what differs. */
    private static final Pattern QUOTE = Pattern.compile("(?m)^\\| `([^`]+)`(?: \\(`\\w+`\\))? \\| .* \\| .* \\|$");

    /** Where a string goes on after a break or a value: {@code " + x + "}. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyTextThatIsQuotedIsOneThatTheProgramPrints() {
        String program = sources();
        List<String> quotes =
                QUOTE.matcher(symptoms()).results().map(found -> found.group(1)).toList();
        assertThat(quotes)
                .hasSizeGreaterThan(35)
                .allSatisfy(quote -> assertThat(Stream.of(quote.split("…")).map(String::strip))
                        .allSatisfy(part -> assertThat(program).contains(part)));
    }

    @Test
    void everyReasonToHoldAJobIsListedInTheWordsOfTheProgram() {
        assertThat(PAGE.prose()
                        .lines()
                        .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                        .map(line -> line.split("\\|")[1].strip() + "|" + line.split("\\|")[2].strip()))
                .containsExactlyElementsOf(Arrays.stream(HoldReason.values())
                        .map(reason -> "`" + reason + "`|" + reason.sentence())
                        .toList());
    }

    @Test
    void everyReasonOfAnEventIsListed() {
        String events = PAGE.prose().substring(PAGE.prose().indexOf("\n## Events"));
        assertThat(EventReason.values()).allSatisfy(reason -> assertThat(events).contains("`" + reason.text() + "`"));
    }

    private static String symptoms() {
        String prose = PAGE.prose();
        return prose.substring(prose.indexOf("\n## Symptoms"), prose.indexOf("\n## Events"));
    }

    /** Of the program and its script, with the strings put together that were written in pieces. */
    private static String sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            String java = files.filter(file -> file.toString().endsWith(".java"))
                    .map(OperationsPageTest::read)
                    .collect(joining("\n"));
            return JOINT.matcher(java).replaceAll("") + read(Path.of("bin/autoscaler.sh"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
