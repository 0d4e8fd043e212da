package io.flinkyarn.autoscaler.week;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file of scripts/sql is asked by one of the tests here, and explains itself. */
class QuestionFilesTest {

    private static final Path HERE = Path.of("src/test/java/io/flinkyarn/autoscaler/week");

    @Test
    void every_question_is_asked_here_and_says_what_to_change_and_how_to_read_the_answer() throws Exception {
        String asked;
        try (Stream<Path> tests = Files.list(HERE)) {
            asked = tests.map(QuestionFilesTest::content).collect(Collectors.joining());
        }

        assertThat(Answers.questions()).isNotEmpty().allSatisfy(file -> {
            assertThat(asked).contains("answers.toFile(\"" + file + "\")");
            assertThat(Answers.QUESTIONS.resolve(file)).content().contains("\n-- Change: ", "\n-- Read: ");
        });
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
