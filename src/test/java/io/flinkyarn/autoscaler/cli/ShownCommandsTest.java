package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.testing.Page;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands, their options, and scripts that the pages show, in examples as well as in running text. */
class ShownCommandsTest {

    private static final Pattern CALL = Pattern.compile("autoscaler\\.sh ([a-z][a-z-]*)([^\n`'|]*)");
    private static final Pattern OPTION = Pattern.compile("(?<= )(--?[a-z][\\w.-]*)");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.])(scripts/[\\w/-]+\\.(?:sh|sql))");

    /** Those are checked with the catalogue. */
    private static final Pattern OF_THE_CATALOGUE = Pattern.compile("--(autoscaler|job|flink).*");

    private static final String COMMANDS = help();

    /** What bin/autoscaler.sh does itself. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("start", "stop", "restart", "status", "help", "run");

    /** What a command says about itself; empty where there is no such command. */
    private static String help(String... command) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        Surroundings surroundings = new Surroundings(Directories.ofThisProcess(), Map.of());
        int code = Main.execute(
                surroundings,
                writer,
                writer,
                Stream.concat(Stream.of(command), Stream.of("--help")).toArray(String[]::new));
        writer.flush();
        return code == 0 ? out.toString() : "";
    }

    private static List<String> texts() {
        return Page.all().stream()
                .flatMap(page -> Stream.concat(
                        Stream.of(page.prose()), page.blocks().stream().map(Page.Block::text)))
                .toList();
    }

    @Test
    void everyCommandExistsAndKnowsItsOptions() {
        Set<String> shown = new HashSet<>();
        for (String text : texts()) {
            CALL.matcher(text).results().forEach(call -> {
                String name = call.group(1);
                shown.add(name);
                if (OF_THE_SCRIPT.contains(name)) {
                    return;
                }
                assertThat(COMMANDS).as("the command of '%s'", call.group()).containsPattern("(?m)^  " + name + "\\b");
                List<String> options = OPTION.matcher(call.group(2))
                        .results()
                        .map(option -> option.group(1))
                        .filter(option -> !OF_THE_CATALOGUE.matcher(option).matches())
                        .toList();
                assertThat(options)
                        .as("the options of '%s'", call.group())
                        .allSatisfy(option -> assertThat(help(name)).contains(option));
            });
        }
        assertThat(shown).contains("doctor", "list", "check-config", "history", "import-flink");
    }

    @Test
    void everyScriptExists() {
        assertThat(texts())
                .anySatisfy(text -> assertThat(SCRIPT.matcher(text).find()).isTrue());
        assertThat(texts().stream()
                        .flatMap(text -> SCRIPT.matcher(text).results())
                        .map(script -> Path.of(script.group(1))))
                .allSatisfy(script ->
                        assertThat(Files.exists(script)).as(script.toString()).isTrue());
    }
}
