package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dgenerate=true} the files are written instead of compared. */
class OptionReferenceTest {

    @Test
    void theReferenceIsWhatTheCatalogueSays() throws IOException {
        compare(Path.of("docs/options.md"), OptionReference.markdown());
    }

    @Test
    void theSampleFileIsWhatTheCatalogueSays() throws IOException {
        compare(Path.of("conf/autoscaler.yaml"), SampleFile.yaml());
    }

    private static void compare(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("generate")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("%s is stale: mvn test -Dtest=OptionReferenceTest -Dgenerate=true writes it anew", file)
                .content()
                .isEqualTo(generated);
    }

    @Test
    void theSampleSaysNothingAsLongAsNothingIsUncommented(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("autoscaler.yaml"), SampleFile.yaml());

        assertThat(ConfigurationFile.read(file)).isEqualTo(new Written(new Layer(Map.of()), List.of()));
    }

    @Test
    void everyLineOfTheSampleCanBeUncommented(@TempDir Path directory) throws IOException {
        String uncommented = SampleFile.yaml()
                .lines()
                .map(line -> line.matches("#[a-z].*") ? line.substring(1) : line)
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(directory.resolve("autoscaler.yaml"), uncommented);

        ConfigurationReading reading = ConfigurationReader.read(file, Map.of(), List.of(), ZoneOffset.UTC);

        assertThat(reading).isInstanceOf(ConfigurationReading.Valid.class);
        assertThat(ConfigurationFile.read(file).layer().byKey()).hasSizeGreaterThan(20);
    }

    @Test
    void everyOptionIsInItsCatalogueOnceAndSaysWhatItMeansInOneSentence() throws IllegalAccessException {
        assertThat(JobOptions.CATALOGUE.options()).containsExactlyInAnyOrderElementsOf(declaredIn(JobOptions.class));
        List<Option<?>> ofProcess = new ArrayList<>(declaredIn(ProcessOptions.class));
        ofProcess.addAll(declaredIn(WebOptions.class));
        ofProcess.addAll(WebOptions.KEYSTORE_PASSWORD.all());
        assertThat(ProcessOptions.CATALOGUE.options()).containsExactlyInAnyOrderElementsOf(ofProcess);
        assertThat(ConfigurationReader.ALL.options())
                .allSatisfy(option -> assertThat(option.meaning()).matches("[A-Z].*\\."));
    }

    @Test
    void noTwoOptionsShareASpellingOrAnEnvironmentVariable() {
        List<String> spellings = ConfigurationReader.ALL.options().stream()
                .flatMap(option -> option.spellings().stream())
                .toList();

        assertThat(spellings).doesNotHaveDuplicates();
        assertThat(spellings.stream().map(Environment::variable)).doesNotHaveDuplicates();
    }

    @Test
    void everyDefaultIsAValueThatMayBeWritten() {
        assertThat(ConfigurationReader.ALL.options().stream()
                        .filter(option -> option.fallback().isPresent()))
                .hasSizeGreaterThan(40)
                .allSatisfy(option -> assertThat(option.parse(option.fallbackText()))
                        .isEqualTo(option.fallback().orElseThrow()));
    }

    private static List<Option<?>> declaredIn(Class<?> type) throws IllegalAccessException {
        List<Option<?>> options = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == Option.class) {
                options.add((Option<?>) field.get(null));
            }
        }
        return options;
    }
}
